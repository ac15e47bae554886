using System.Buffers;
using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Delivery;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Inspection;

/// <summary>
/// Lets the sinks of an outbox that no pipeline uses have records again. The stores know what they have: repeating a replay, or one that was
/// interrupted, stores nothing twice.
/// </summary>
public sealed class OutboxReplay : IDisposable
{
    private const int SegmentBytes = 1 << 20;
    private const int GroupBytes = 256 << 10;

    private readonly DiskFileSystem _files;
    private readonly OutboxLog _log;

    /// <summary>Opens an outbox, and keeps pipelines out until it is disposed.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no outbox; the message names the directory.</exception>
    /// <exception cref="OutboxInUseException">A pipeline uses it.</exception>
    public OutboxReplay(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        _files = new DiskFileSystem(directory);
        if (!Directory.Exists(_files.Location))
        {
            throw new DirectoryNotFoundException($"There is no outbox {_files.Location}; give the directory of one.");
        }

        _log = OutboxLog.Open(_files, SegmentBytes, long.MaxValue / 2, static _ => { });
    }

    /// <summary>
    /// Appends the dead letters of a sink to the outbox, durably, and then takes them out of their file. Every sink is offered them; those that have them count duplicates.
    /// </summary>
    /// <exception cref="ArgumentException">No dead letters were kept for the sink; the message names those for which there are.</exception>
    /// <exception cref="IOException">The disk failed; the dead letters are where they were.</exception>
    public ReplayReport ReplayDeadLetters(string sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (!DeadLetterFile.Sinks(_files).Contains(sink))
        {
            throw new ArgumentException($"No dead letters were kept for the sink \"{sink}\"{Known(DeadLetterFile.Sinks(_files))}.", nameof(sink));
        }

        var skipped = new List<string>();
        var offered = Append(Documents(File.ReadLines(Path.Combine(_files.Location, DeadLetterFile.NameOf(sink))), skipped));
        Keep(sink, skipped);
        return new ReplayReport(offered, skipped.Count);
    }

    /// <summary>Sets sinks back, so that they get again what the outbox holds from a sequence on.</summary>
    /// <param name="from">The first sequence; what is not there any more is not offered.</param>
    /// <param name="sink">The sink; null for all.</param>
    /// <exception cref="ArgumentException">There is no such sink; the message names those that there are.</exception>
    public ReplayReport ReplayFrom(long from, string? sink = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        var cursors = OutboxCursor.ReadAll(_files).Where(cursor => sink is null || cursor.Sink == sink).ToArray();
        if (cursors.Length == 0)
        {
            throw new ArgumentException($"The outbox has no sink \"{sink}\"{Known(OutboxCursor.ReadAll(_files).Select(static cursor => cursor.Sink))}.", nameof(sink));
        }

        var start = Math.Max(from - 1, _log.Start);
        OutboxCursor.Rewind(_files, start, sink);
        return new ReplayReport(cursors.Max(cursor => Math.Max(0, cursor.Position - start)), 0);
    }

    /// <summary>
    /// Appends copies of a range of records to the outbox, durably, so that every sink is offered them again; those that have them count duplicates. What
    /// no sink has taken yet is offered in any case, and is not doubled.
    /// </summary>
    /// <param name="from">The first sequence; what is not there any more is not offered.</param>
    /// <param name="until">The last sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    /// <exception cref="IOException">The disk failed; what was appended until then is offered, and a repetition does no harm.</exception>
    public ReplayReport ReplayRange(long from, long until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        var records = new OutboxInspector(_files.Location).Read(from, Math.Min(until, OutboxCursor.Highest(_files)));
        return new ReplayReport(Append(records.Select(static record => record.Document)), 0);
    }

    /// <summary>Lets pipelines in again.</summary>
    public void Dispose() => _log.Dispose();

    private static string Known(IEnumerable<string> sinks) => string.Join(", ", sinks.Order(StringComparer.Ordinal)) is { Length: > 0 } names ? $"; there are: {names}" : "";

    /// <summary>The documents of dead letters; lines that have none are put aside.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Documents(IEnumerable<string> lines, List<string> skipped)
    {
        foreach (var line in lines)
        {
            if (Document(line) is { } document)
            {
                yield return document;
            }
            else
            {
                skipped.Add(line);
            }
        }
    }

    private static byte[]? Document(string line)
    {
        try
        {
            using var letter = JsonDocument.Parse(line);
            var document = Encoding.UTF8.GetBytes(letter.RootElement.GetProperty("document"u8).GetRawText());
            return document.Length <= RecordFrame.MaximumPayload && document[0] == (byte)'{' ? document : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Appends documents in groups, each durable before the next, and returns how many there were.</summary>
    private long Append(IEnumerable<ReadOnlyMemory<byte>> documents)
    {
        var appended = 0L;
        var write = new PendingWrite();
        try
        {
            foreach (var document in documents)
            {
                document.Span.CopyTo(write.Reserve(document.Length));
                write.Advance(document.Length);
                appended++;
                if (write.Length >= GroupBytes)
                {
                    Commit(ref write);
                }
            }

            Commit(ref write);
            return appended;
        }
        finally
        {
            write.Dispose();
        }
    }

    private void Commit(ref PendingWrite write)
    {
        if (write.Count > 0)
        {
            _log.Commit(write.Frames.ToArray());
        }

        write.Dispose();
        write = new PendingWrite();
    }

    /// <summary>What was appended is durable: leaves only the other lines, in a file that takes the old one's place whole.</summary>
    private void Keep(string sink, List<string> lines)
    {
        var name = DeadLetterFile.NameOf(sink);
        if (lines.Count == 0)
        {
            _files.Delete(name);
        }
        else
        {
            var contents = new ArrayBufferWriter<byte>();
            lines.ForEach(line => Encoding.UTF8.GetBytes(line + "\n", contents));
            using (var file = _files.Open(name + ".tmp", create: true))
            {
                file.Write(contents.WrittenSpan, 0);
                file.Sync();
            }

            _files.Rename(name + ".tmp", name);
        }

        _files.SyncDirectory();
    }
}
