using System.Buffers.Binary;
using System.Globalization;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>The start of a segment file: magic and version, u64 segment id, u64 sequence of the first record, u32 CRC-32C of these.</summary>
internal static class SegmentHeader
{
    public const int Length = 64;

    private const string Extension = ".seg";
    private const string CompressedExtension = ".segz"; // sorts behind the other, which it replaces
    private const int IdDigits = 16;

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

    public static string FileName(long segmentId, bool isCompressed = false) =>
        segmentId.ToString("D16", CultureInfo.InvariantCulture) + (isCompressed ? CompressedExtension : Extension);

    public static bool TryParseFileName(string name, out long segmentId, out bool isCompressed)
    {
        segmentId = 0;
        var extension = name.AsSpan(Math.Min(IdDigits, name.Length));
        isCompressed = extension is CompressedExtension;
        return (isCompressed || extension is Extension)
            && long.TryParse(name.AsSpan(0, IdDigits), NumberStyles.None, CultureInfo.InvariantCulture, out segmentId) && segmentId > 0;
    }
}
