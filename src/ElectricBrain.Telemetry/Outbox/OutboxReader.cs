using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Reads the log in order for one sink. Damaged records are passed over and counted.</summary>
internal sealed class OutboxReader(OutboxLog log, IOutboxFileSystem files, long position) : IDisposable
{
    private readonly RecordDating _dating = new(log.Clock);
    private OutboxSegment? _segment;
    private SegmentScanner? _scanner;
    private long _offset;

    /// <summary>The last sequence read.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Records found damaged or gone.</summary>
    public long Corrupt { get; private set; }

    /// <summary>Records that were deleted before they were read.</summary>
    public long Dropped { get; private set; }

    /// <summary>Adds the next records up to the limits, at least one where there is one. Returns whether a limit was reached; a record that awaits the clock ends what can be read.</summary>
    public bool Read(TelemetryBatch batch, int maxRecords, int maxBytes)
    {
        while (Position < log.DurableSequence && log.TryLocate(Position + 1, out var segment, out var end, out var last))
        {
            // A reader starts inside of the log, so that what is missing before a segment was dropped since.
            Dropped += Math.Max(0, segment.FirstSequence - 1 - Position);
            Position = Math.Max(Position, segment.FirstSequence - 1);
            if (Open(segment, end) is not { } scanner)
            {
                continue;
            }

            while (Position < last)
            {
                if (batch.Unsettled >= maxRecords)
                {
                    return true;
                }

                if (ReadNext(scanner, batch, last, maxBytes) is { } isFull)
                {
                    return isFull;
                }
            }
        }

        return batch.Unsettled >= maxRecords;
    }

    public void Dispose() => Close();

    /// <summary>Takes one step through the segment. Null when it can go on, else whether the batch is what stops it.</summary>
    private bool? ReadNext(SegmentScanner scanner, TelemetryBatch batch, long last, int maxBytes)
    {
        if (scanner.TryRead(_offset, out var sequence, out var payload, out var next) && sequence <= last)
        {
            if (sequence > Position)
            {
                if (!_dating.TryDate(ref payload))
                {
                    return false;
                }

                if (batch.Unsettled > 0 && batch.Bytes + payload.Length > maxBytes)
                {
                    return true;
                }

                Corrupt += sequence - Position - 1;
                batch.Add(sequence, payload);
                Position = sequence;
            }

            _offset = next;
        }
        else if (scanner.FindNext(_offset, Position + 1, last) is var found and >= 0)
        {
            _offset = found;
        }
        else
        {
            Corrupt += last - Position;
            Position = last;
            _offset = scanner.End;
        }

        return null;
    }

    /// <summary>Null when the segment was dropped or compressed after it was located.</summary>
    private SegmentScanner? Open(OutboxSegment segment, long end)
    {
        if (_segment != segment)
        {
            Close();
            if (!log.TryEnter(segment))
            {
                return null;
            }

            _segment = segment;
            try
            {
                _scanner = new SegmentScanner(segment.Open(files), segment.Id, end);
            }
            catch (FileNotFoundException) when (log.Start >= segment.FirstSequence)
            {
                Close();
                return null;
            }
            catch
            {
                Close();
                throw;
            }

            _offset = SegmentHeader.Length;
        }

        _scanner!.End = end;
        return _scanner;
    }

    private void Close()
    {
        _scanner?.Dispose();
        _scanner = null;
        if (_segment is { } segment)
        {
            _segment = null;
            log.Leave(segment);
        }
    }
}
