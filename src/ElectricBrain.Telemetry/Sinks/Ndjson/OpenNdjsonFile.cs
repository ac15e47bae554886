using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>The file that lines are appended to.</summary>
internal sealed class OpenNdjsonFile : IDisposable
{
    private const int TimestampOffset = 15; // {"@timestamp":"

    private readonly IOutboxFile _opened;
    private readonly string _path;
    private long _durable;
    private uint _checksum = Crc32C.Start;
    private bool _isSuspect;

    private OpenNdjsonFile(IOutboxFileSystem files, NdjsonFile file, IOutboxFile opened)
    {
        _opened = opened;
        _path = Path.Combine(files.Location, file.Name);
        File = file;
    }

    public NdjsonFile File { get; }

    /// <summary>The bytes of whole lines.</summary>
    public long Length { get; private set; }

    /// <summary>The time of the first line, in milliseconds since 1970; null when there is none.</summary>
    public long? FirstTime { get; private set; }

    /// <summary>The time of the first of some lines, in milliseconds since 1970; null when it has none.</summary>
    public static long? TimeOf(ReadOnlySpan<byte> lines) =>
        lines.Length > TimestampOffset && TimestampFormatter.TryParse(lines[TimestampOffset..], out var time) ? time : null;

    /// <summary>Makes a file that is there after a power loss.</summary>
    public static OpenNdjsonFile Create(IOutboxFileSystem files, NdjsonFile file)
    {
        var created = new OpenNdjsonFile(files, file, files.Open(file.Name, create: true));
        files.SyncDirectory();
        return created;
    }

    /// <summary>Opens a file of an earlier process, and cuts off what a crash left behind the last whole line.</summary>
    /// <param name="files">The directory.</param>
    /// <param name="file">Which file.</param>
    /// <param name="durable">Its bytes that need no check.</param>
    public static OpenNdjsonFile Reopen(IOutboxFileSystem files, NdjsonFile file, long durable)
    {
        var opened = new OpenNdjsonFile(files, file, files.Open(file.Name, create: false));
        try
        {
            opened.CutTail(durable);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Append(ReadOnlySpan<byte> lines)
    {
        // At the end of the whole lines: what a write that failed left there is written over.
        _opened.Write(lines, Length);
        Length += lines.Length;
        FirstTime ??= TimeOf(lines);
        _checksum = Crc32C.Add(_checksum, lines);
    }

    /// <summary>Makes the lines durable.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Sync()
    {
        if (Length == _durable)
        {
            return;
        }

        if (_isSuspect)
        {
            Rewrite();
        }

        try
        {
            _opened.Sync();
        }
        catch
        {
            _isSuspect = true;
            throw;
        }

        _isSuspect = false;
        _durable = Length;
        _checksum = Crc32C.Start;
    }

    public void Dispose() => _opened.Dispose();

    private void CutTail(long durable)
    {
        // A file that is shorter than it was is checked from its start.
        _durable = durable <= _opened.Length ? durable : 0;
        using var stream = new SequentialStream(_opened, _durable);
        var reader = new LineReader(stream);
        while (reader.TryRead(out _))
        {
        }

        Length = _durable + reader.Consumed;
        if (Length < _opened.Length)
        {
            _opened.Truncate(Length);
        }

        // What was found may be in the page cache only.
        _opened.Sync();
        _durable = Length;
        using var start = new SequentialStream(_opened);
        FirstTime = new LineReader(start).TryRead(out var first) ? TimeOf(first) : null;
    }

    /// <summary>
    /// After a failed sync the kernel holds the pages for clean whether they reached the disk or not, so that the next sync would
    /// succeed without writing them. They are written again from what can be read, as long as that is what was appended.
    /// </summary>
    private void Rewrite()
    {
        var buffer = new byte[64 << 10];
        var checksum = Crc32C.Start;
        for (var offset = _durable; offset < Length;)
        {
            var chunk = buffer.AsSpan(0, _opened.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - offset)), offset));
            if (chunk.IsEmpty)
            {
                break;
            }

            checksum = Crc32C.Add(checksum, chunk);
            _opened.Write(chunk, offset);
            offset += chunk.Length;
        }

        if (checksum != _checksum)
        {
            throw new IOException($"{_path} lost lines in a failed sync. Restart this process: the outbox still has them, and writes them again.");
        }
    }
}
