using System.Buffers.Binary;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>
/// Up to where the files are durable, and which record is the last in there. Two slots are written in turn, each u64 generation,
/// u64 sequence, u64 file number, u64 length of that file, u32 CRC-32C, so that a torn write leaves the one before.
/// </summary>
internal sealed class NdjsonPosition : IDisposable
{
    private const string Name = ".position";
    private const int SlotStride = 4096; // a page each: a torn write cannot touch both
    private const int SlotLength = 36;

    private readonly IOutboxFile _file;
    private long _generation;

    private NdjsonPosition(IOutboxFile file) => _file = file;

    /// <summary>Whether any position was saved.</summary>
    public bool IsKnown => _generation > 0;

    /// <summary>The sequence of the last record; 0 when none is known.</summary>
    public long Sequence { get; private set; }

    /// <summary>The number of the file that record is in.</summary>
    public long FileNumber { get; private set; }

    /// <summary>The bytes of that file that are durable.</summary>
    public long Length { get; private set; }

    public static NdjsonPosition Open(IOutboxFileSystem files)
    {
        if (files.List().Contains(Name))
        {
            var existing = new NdjsonPosition(files.Open(Name, create: false));
            existing.Load();
            return existing;
        }

        var file = files.Open(Name, create: true);
        file.Write(new byte[SlotStride + SlotLength], 0);
        file.Sync();
        files.SyncDirectory();
        return new NdjsonPosition(file);
    }

    /// <summary>Makes a position durable.</summary>
    public void Save(long sequence, long fileNumber, long length)
    {
        if (IsKnown && (sequence, fileNumber, length) == (Sequence, FileNumber, Length))
        {
            return;
        }

        Span<byte> slot = stackalloc byte[SlotLength];
        var generation = _generation + 1;
        BinaryPrimitives.WriteInt64LittleEndian(slot, generation);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(slot[16..], fileNumber);
        BinaryPrimitives.WriteInt64LittleEndian(slot[24..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[32..], Checksum(slot));
        _file.Write(slot, generation % 2 * SlotStride);
        _file.Sync();
        (_generation, Sequence, FileNumber, Length) = (generation, sequence, fileNumber, length);
    }

    public void Dispose() => _file.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> slot) => Crc32C.Finish(Crc32C.Add(Crc32C.Start, slot[..32]));

    private void Load()
    {
        Span<byte> slot = stackalloc byte[SlotLength];
        for (var i = 0; i < 2; i++)
        {
            if (_file.Read(slot, i * SlotStride) == SlotLength
                && BinaryPrimitives.ReadUInt32LittleEndian(slot[32..]) == Checksum(slot)
                && BinaryPrimitives.ReadInt64LittleEndian(slot) is var generation && generation > _generation)
            {
                _generation = generation;
                Sequence = BinaryPrimitives.ReadInt64LittleEndian(slot[8..]);
                FileNumber = BinaryPrimitives.ReadInt64LittleEndian(slot[16..]);
                Length = BinaryPrimitives.ReadInt64LittleEndian(slot[24..]);
            }
        }
    }
}
