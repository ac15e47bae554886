using ElectricBrain.Telemetry.Delivery;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Inspection;

/// <summary>
/// Looks into the directory of an outbox, also while a pipeline uses it: it takes no lock and writes nothing. What the pipeline does
/// meanwhile may be seen or not.
/// </summary>
public sealed class OutboxInspector
{
    private readonly DiskFileSystem _files;

    /// <summary>Makes an inspector of a directory.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no outbox; the message names the directory.</exception>
    public OutboxInspector(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        _files = new DiskFileSystem(directory, isReadOnly: true);
        if (!Directory.Exists(_files.Location))
        {
            throw new DirectoryNotFoundException($"There is no outbox {_files.Location}; give the directory of one.");
        }
    }

    /// <summary>Tells what the outbox holds.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public OutboxReport GetReport()
    {
        var segments = Segments();
        var last = Last(segments);
        return new OutboxReport
        {
            Directory = _files.Location,
            ProcessId = _files.FindOwner(OutboxLog.LockName),
            FirstSequence = segments.Count > 0 && last >= segments[0].FirstSequence ? segments[0].FirstSequence : 0,
            LastSequence = last,
            Segments = segments.ConvertAll(static segment => new SegmentReport(segment.FileName, segment.FileLength, segment.FirstSequence)),
            Sinks = Sinks(last),
            Damaged = _files.List().Where(static name => name.EndsWith(".damaged", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray(),
        };
    }

    /// <summary>Reads every record.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public OutboxVerification Verify(CancellationToken cancellationToken = default)
    {
        var segments = Segments();
        long records = 0, held = 0, corrupt = 0;
        var unreadable = _files.List().Where(static name => name.EndsWith(".damaged", StringComparison.Ordinal)).ToList();
        unreadable.AddRange(Unrecognised(segments));
        for (var i = 0; i < segments.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = i + 1 < segments.Count ? segments[i + 1].FirstSequence : (long?)null;
            if (Walk(segments[i], next, payload => held += HeldDocument.IsHeld(payload) ? 1 : 0) is not { } walked)
            {
                continue;
            }

            records += walked.Records;

            // At the end of the newest segment stands what is just being written, or was cut off.
            corrupt += (next is { } end ? end : walked.Last + 1) - segments[i].FirstSequence - walked.Records;
        }

        return new OutboxVerification(records, held, corrupt, unreadable.Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>Reads records in order; damaged ones are left out.</summary>
    /// <param name="from">The first sequence.</param>
    /// <param name="to">The last sequence.</param>
    public IEnumerable<OutboxRecord> Read(long from = 1, long to = long.MaxValue)
    {
        var dating = new RecordDating(new ClockLedger(_files));
        var segments = Segments();
        for (var i = 0; i < segments.Count && segments[i].FirstSequence <= to; i++)
        {
            var next = i + 1 < segments.Count ? segments[i + 1].FirstSequence : (long?)null;
            if (next <= from || Open(segments[i]) is not { } scanner)
            {
                continue;
            }

            using (scanner)
            {
                var walk = new SegmentWalk(scanner, segments[i].FirstSequence, Math.Min(to, next - 1 ?? long.MaxValue));
                while (Take(walk, dating) is { } record)
                {
                    if (record.Sequence >= from)
                    {
                        yield return record;
                    }
                }
            }
        }
    }

    private static OutboxRecord? Take(SegmentWalk walk, RecordDating dating)
    {
        if (!walk.TryNext(out var payload))
        {
            return null;
        }

        if (!dating.TryDate(ref payload))
        {
            payload = HeldDocument.DocumentOf(payload);
        }

        return new OutboxRecord(walk.Sequence, payload.ToArray());
    }

    private List<OutboxSegment> Segments()
    {
        var segments = new List<OutboxSegment>();
        foreach (var name in _files.List().Order(StringComparer.Ordinal))
        {
            if (SegmentHeader.TryParseFileName(name, out var id, out var isCompressed) && Header(name, id, isCompressed) is { } segment)
            {
                OutboxSegment.Append(segments, segment);
            }
        }

        return segments;
    }

    private OutboxSegment? Header(string name, long id, bool isCompressed)
    {
        try
        {
            using var file = _files.Open(name, create: false);
            var header = new byte[SegmentHeader.Length];
            return SegmentHeader.TryRead(header.AsSpan(0, file.Read(header, 0)), id, out var first) ? new OutboxSegment(id, first, file.Length, isCompressed) : null;
        }
        catch (FileNotFoundException)
        {
            // Delivered meanwhile, and gone.
            return null;
        }
    }

    private IEnumerable<string> Unrecognised(List<OutboxSegment> segments) => _files.List()
        .Where(name => SegmentHeader.TryParseFileName(name, out var id, out var isCompressed) && !segments.Exists(segment => segment.Id == id)
            && Header(name, id, isCompressed) is null && _files.List().Contains(name));

    private SegmentScanner? Open(OutboxSegment segment)
    {
        try
        {
            return new SegmentScanner(segment.Open(_files), segment.Id, segment.End);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private long Last(List<OutboxSegment> segments)
    {
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (Walk(segments[i], i + 1 < segments.Count ? segments[i + 1].FirstSequence : null, static _ => { }) is { Records: > 0 } walked)
            {
                return walked.Last;
            }
        }

        return 0;
    }

    private (long Records, long Last)? Walk(OutboxSegment segment, long? next, Visitor visit)
    {
        if (Open(segment) is not { } scanner)
        {
            return null;
        }

        using (scanner)
        {
            var records = 0L;
            var walk = new SegmentWalk(scanner, segment.FirstSequence, next - 1 ?? long.MaxValue);
            while (walk.TryNext(out var payload))
            {
                visit(payload);
                records++;
            }

            return (records, walk.Sequence);
        }
    }

    private List<CursorReport> Sinks(long last)
    {
        var positions = OutboxCursor.ReadAll(_files).ToDictionary(static cursor => cursor.Sink, static cursor => cursor.Position);
        return positions.Keys.Union(DeadLetterFile.Sinks(_files)).Order(StringComparer.Ordinal).Select(sink =>
        {
            var position = positions.GetValueOrDefault(sink);
            var (count, bytes) = DeadLetterFile.Measure(_files, sink);
            return new CursorReport(sink, position, Math.Max(0, last - position), count, bytes);
        }).ToList();
    }

    private delegate void Visitor(ReadOnlySpan<byte> payload);
}
