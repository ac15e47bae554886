using System.Buffers;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>
/// Appends lines to the newest file, and begins the next one. What is in the files when it is opened is not written again: it is
/// told by the saved position, and behind that by the lines themselves.
/// </summary>
internal sealed class NdjsonJournal : IDisposable
{
    private const string LockName = ".lock";

    private readonly IOutboxFileSystem _files;
    private readonly NdjsonOptions _options;
    private readonly NdjsonDirectory _directory;
    private readonly IDisposable _lock;
    private readonly NdjsonPosition _position;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly long _savedSequence;
    private OpenNdjsonFile? _file;
    private KnownLines? _known;
    private long _gathered;
    private long _appended;

    private NdjsonJournal(IOutboxFileSystem files, NdjsonOptions options, IDisposable @lock, NdjsonPosition position)
    {
        _files = files;
        _options = options;
        _lock = @lock;
        _position = position;
        _directory = new NdjsonDirectory(files, options);
        _directory.CleanUp();
        if (_directory.List() is [.., { IsCompressed: false } newest])
        {
            _file = OpenNdjsonFile.Reopen(files, newest, newest.Number == position.FileNumber ? position.Length : 0);
        }

        // A file that is shorter than what was durable: the disk lost it, so that the position says nothing any more.
        var isTrusted = position.IsKnown && !(_file?.File.Number == position.FileNumber && _file.Length < position.Length);
        _savedSequence = isTrusted ? position.Sequence : long.MaxValue;
    }

    public static NdjsonJournal Open(IOutboxFileSystem files, NdjsonOptions options)
    {
        files.Prepare();
        var held = files.Lock(LockName);
        NdjsonPosition? position = null;
        try
        {
            position = NdjsonPosition.Open(files);
            return new NdjsonJournal(files, options, held, position);
        }
        catch
        {
            position?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Appends what is not in the files, and settles every record.</summary>
    public void Append(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        // What an attempt that failed had gathered is offered again.
        _lines.Clear();
        _gathered = _appended;
        var isNew = false;
        var isReplay = false;
        _known ??= KnownLines.Find(_directory, _position, batch.SequenceOf(0) > _savedSequence, batch[0].Span);
        for (var i = 0; i < batch.Count; i++)
        {
            var line = batch[i].Span;
            var sequence = batch.SequenceOf(i);
            if (sequence <= _appended)
            {
                // Written by an attempt that failed on a later record of the same batch.
                batch.Settle(i, RecordFate.Stored);
                continue;
            }

            var isThere = _known.Contains(line);
            if (!isThere)
            {
                Gather(line, cancellationToken);
            }

            batch.Settle(i, isThere ? RecordFate.Duplicate : RecordFate.Stored);
            isNew |= !isThere && sequence > _savedSequence;
            isReplay |= isThere;
            _gathered = sequence;
        }

        WriteLines();
        if (isNew || !isReplay)
        {
            // Lines keep their order: behind the first new one there is no old one. Where a whole batch is new whatever its numbers
            // say, they count the records of another outbox.
            _known.Clear();
        }
    }

    /// <summary>Makes what was appended, and the position behind it, survive a power loss.</summary>
    public void MakeDurable()
    {
        if (_appended == 0)
        {
            return;
        }

        _file?.Sync();
        if (_known is { IsEmpty: true })
        {
            // In the midst of a replay the files are ahead of the records, and the position would say that they are not.
            _position.Save(_appended, _file?.File.Number ?? 0, _file?.Length ?? 0);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _position.Dispose();
        _lock.Dispose();
    }

    private void Gather(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        if (_file is null || IsFull(_file, line))
        {
            WriteLines();
            Rotate(cancellationToken);
        }

        _lines.Write(line);
        _lines.Write("\n"u8);
    }

    private bool IsFull(OpenNdjsonFile file, ReadOnlySpan<byte> line)
    {
        var length = file.Length + _lines.WrittenCount;
        return length > 0 && (length + line.Length + 1 > _options.MaxFileBytes || IsTooOld(file.FirstTime ?? OpenNdjsonFile.TimeOf(_lines.WrittenSpan), line));
    }

    // By the readings' own times: a clock that is corrected closes no file that holds a short span.
    private bool IsTooOld(long? first, ReadOnlySpan<byte> line) =>
        _options.MaxFileAge is { } age && OpenNdjsonFile.TimeOf(line) - first >= age.TotalMilliseconds;

    private void WriteLines()
    {
        if (_lines.WrittenCount > 0)
        {
            _file!.Append(_lines.WrittenSpan);
            _lines.Clear();
        }

        _appended = _gathered;
    }

    private void Rotate(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            MakeDurable();
        }

        var number = (_directory.List() is [.., var newest] ? newest.Number : 0) + 1;
        var next = OpenNdjsonFile.Create(_files, new NdjsonFile(number, IsCompressed: false));
        _file?.Dispose();
        _file = next;
        _directory.Tidy(cancellationToken);
    }
}
