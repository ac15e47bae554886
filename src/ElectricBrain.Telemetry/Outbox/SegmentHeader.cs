using System.Buffers.Binary;
using System.Globalization;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>The start of a segment file: magic and version, u64 segment id, u64 sequence of the first record, u32 CRC-32C of these.</summary>
internal static class SegmentHeader
{
    public const int Length = 64;

    private const string Extension = ".seg";

    private static ReadOnlySpan<byte> Magic => "EBOUTBX\x01"u8;

    public static void Write(Span<byte> header, long segmentId, long firstSequence)
    {
        header[..Length].Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], segmentId);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], Crc32C.Finish(Crc32C.Add(Crc32C.Start, header[..24])));
    }

    public static bool TryRead(ReadOnlySpan<byte> header, long segmentId, out long firstSequence)
    {
        firstSequence = 0;
        if (header.Length < Length || !header.StartsWith(Magic)
            || BinaryPrimitives.ReadInt64LittleEndian(header[8..]) != segmentId
            || BinaryPrimitives.ReadUInt32LittleEndian(header[24..]) != Crc32C.Finish(Crc32C.Add(Crc32C.Start, header[..24])))
        {
            return false;
        }

        firstSequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        return firstSequence > 0;
    }

    public static string FileName(long segmentId) => segmentId.ToString("D16", CultureInfo.InvariantCulture) + Extension;

    public static bool TryParseFileName(string name, out long segmentId)
    {
        segmentId = 0;
        return name.Length == 16 + Extension.Length && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 16), NumberStyles.None, CultureInfo.InvariantCulture, out segmentId) && segmentId > 0;
    }
}
