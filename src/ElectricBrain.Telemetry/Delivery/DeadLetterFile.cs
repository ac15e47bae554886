using System.Buffers;
using System.Text.Json;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>
/// Keeps the records that a sink will not take, one JSON object a line: when, outbox sequence, kind, reason, document. After a crash
/// a record may be there twice, under the same sequence. Several deliveries may use it at once.
/// </summary>
internal sealed class DeadLetterFile(IOutboxFileSystem files, string sink, long maxBytes, TimeProvider time) : IDisposable
{
    private const string Prefix = "dead-letters.";
    private const string Suffix = ".ndjson";

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private IOutboxFile? _file;
    private long _end;

    public string Name => NameOf(sink);

    public static string NameOf(string sink) => Prefix + sink + Suffix;

    /// <summary>The sinks that records were kept aside for.</summary>
    public static IEnumerable<string> Sinks(IOutboxFileSystem files) => files.List()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(static name => name[Prefix.Length..^Suffix.Length]);

    /// <summary>How many records were kept aside for a sink, and the bytes that they take.</summary>
    public static (long Count, long Bytes) Measure(IOutboxFileSystem files, string sink)
    {
        if (!files.List().Contains(NameOf(sink)))
        {
            return default;
        }

        using var file = files.Open(NameOf(sink), create: false);
        var buffer = new byte[64 << 10];
        long count = 0, offset = 0;
        while (file.Read(buffer, offset) is var read and > 0)
        {
            count += buffer.AsSpan(0, read).Count((byte)'\n');
            offset += read;
        }

        return (count, offset);
    }

    /// <summary>Adds a record; false when the file has no room for it. It is durable after <see cref="Sync"/>.</summary>
    public bool TryAdd(long sequence, string kind, string reason, ReadOnlySpan<byte> document)
    {
        lock (_gate)
        {
            return TryWrite(sequence, kind, reason, document);
        }
    }

    public void Sync()
    {
        lock (_gate)
        {
            _file?.Sync();
        }
    }

    public void Dispose() => _file?.Dispose();

    private bool TryWrite(long sequence, string kind, string reason, ReadOnlySpan<byte> document)
    {
        var file = _file ??= Open();
        var before = _pending.WrittenCount;
        using (var json = new Utf8JsonWriter(_pending))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, time.GetUtcNow());
            json.WriteNumber("sequence"u8, sequence);
            json.WriteString("kind"u8, kind);
            json.WriteString("reason"u8, reason);
            json.WritePropertyName("document"u8);
            json.WriteRawValue(document, skipInputValidation: true);
            json.WriteEndObject();
        }

        _pending.Write("\n"u8);
        var line = _pending.WrittenSpan[before..];
        if (_end + line.Length > maxBytes)
        {
            _pending.Clear();
            return false;
        }

        file.Write(line, _end);
        _end += line.Length;
        _pending.Clear();
        return true;
    }

    private IOutboxFile Open()
    {
        if (!files.List().Contains(Name))
        {
            var created = files.Open(Name, create: true);
            files.SyncDirectory();
            return created;
        }

        var file = files.Open(Name, create: false);
        _end = file.Length;
        Span<byte> last = stackalloc byte[1];
        if (_end > 0 && file.Read(last, _end - 1) == 1 && last[0] != (byte)'\n')
        {
            // The line before was cut short by a crash: end it, so that the next one is readable.
            file.Write("\n"u8, _end++);
        }

        return file;
    }
}
