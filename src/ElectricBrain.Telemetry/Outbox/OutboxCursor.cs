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

    /// <summary>The highest position that any cursor in the directory holds, also those of sinks no longer in use.</summary>
    public static long Highest(IOutboxFileSystem files)
    {
        var highest = 0L;
        foreach (var name in files.List().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var cursor = new OutboxCursor(files.Open(name, create: false));
            cursor.Load();
            highest = Math.Max(highest, cursor.Saved);
        }

        return highest;
    }

    /// <summary>Sets every cursor in the directory back to a position that it has passed.</summary>
    public static void RewindAll(IOutboxFileSystem files, long sequence)
    {
        foreach (var name in files.List().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var cursor = new OutboxCursor(files.Open(name, create: false));
            cursor.Load();
            if (cursor.Saved > sequence)
            {
                cursor.Save(sequence);
            }
        }
    }

    /// <summary>Makes a position durable.</summary>
    public void Save(long sequence)
    {
        Span<byte> slot = stackalloc byte[SlotLength];
        _generation++;
        BinaryPrimitives.WriteInt64LittleEndian(slot, _generation);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[16..], Crc32C.Finish(Crc32C.Add(Crc32C.Start, slot[..16])));
        _file.Write(slot, _generation % 2 * SlotStride);
        _file.Sync();
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
