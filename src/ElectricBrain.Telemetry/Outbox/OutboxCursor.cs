using System.Buffers.Binary;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// The durable position of one sink: the last sequence it needs no more. Two slots are written in turn, each u64 generation,
/// u64 sequence, u32 CRC-32C, so that a torn write leaves the one before.
/// </summary>
internal sealed class OutboxCursor : IDisposable
{
    private const string Prefix = "cursor.";
    private const int SlotStride = 4096; // a page each: a torn write cannot touch both
    private const int SlotLength = 20;

    private readonly IOutboxFile _file;
    private long _generation;
    private long _saved;

    private OutboxCursor(IOutboxFile file) => _file = file;

    /// <summary>The saved position; 0 for a new cursor.</summary>
    public long Saved => Volatile.Read(ref _saved);

    public static OutboxCursor Open(IOutboxFileSystem files, string sink)
    {
        var name = Prefix + sink;
        if (files.List().Contains(name))
        {
            var existing = new OutboxCursor(files.Open(name, create: false));
            existing.Load();
            return existing;
        }

        var file = files.Open(name, create: true);
        file.Write(new byte[SlotStride + SlotLength], 0);
        file.Sync();
        files.SyncDirectory();
        return new OutboxCursor(file);
    }

    /// <summary>The position of each sink that has a cursor in the directory.</summary>
    public static IReadOnlyList<(string Sink, long Position)> ReadAll(IOutboxFileSystem files)
    {
        var all = new List<(string, long)>();
        foreach (var name in files.List().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var cursor = new OutboxCursor(files.Open(name, create: false));
            cursor.Load();
            all.Add((name[Prefix.Length..], cursor.Saved));
        }

        return all;
    }

    /// <summary>The highest position that any cursor in the directory holds, also those of sinks no longer in use.</summary>
    public static long Highest(IOutboxFileSystem files) => ReadAll(files).Select(static cursor => cursor.Position).DefaultIfEmpty().Max();

    /// <summary>Sets cursors back to a position that they have passed: those of all sinks, or of one.</summary>
    public static void Rewind(IOutboxFileSystem files, long sequence, string? sink = null)
    {
        foreach (var (name, _) in ReadAll(files).Where(cursor => cursor.Position > sequence && (sink is null || cursor.Sink == sink)))
        {
            using var cursor = Open(files, name);
            cursor.Save(sequence);
        }
    }

    /// <summary>Makes a position durable.</summary>
    public void Save(long sequence)
    {
        Span<byte> slot = stackalloc byte[SlotLength];
        var generation = _generation + 1;
        BinaryPrimitives.WriteInt64LittleEndian(slot, generation);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[16..], Crc32C.Finish(Crc32C.Add(Crc32C.Start, slot[..16])));
        _file.Write(slot, generation % 2 * SlotStride);
        _file.Sync();

        // Only now: after a failure the next attempt must not write over the slot that is durable.
        _generation = generation;
        Volatile.Write(ref _saved, sequence);
    }

    public void Dispose() => _file.Dispose();

    private void Load()
    {
        Span<byte> slot = stackalloc byte[SlotLength];
        for (var i = 0; i < 2; i++)
        {
            if (_file.Read(slot, i * SlotStride) == SlotLength
                && BinaryPrimitives.ReadUInt32LittleEndian(slot[16..]) == Crc32C.Finish(Crc32C.Add(Crc32C.Start, slot[..16]))
                && BinaryPrimitives.ReadInt64LittleEndian(slot) is var generation && generation > _generation)
            {
                _generation = generation;
                _saved = BinaryPrimitives.ReadInt64LittleEndian(slot[8..]);
            }
        }
    }
}
