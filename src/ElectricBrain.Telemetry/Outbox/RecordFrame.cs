using System.Buffers.Binary;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// One record on disk: u32 length of the payload, u32 CRC-32C over (segment id, sequence, length, payload), u64 sequence, payload; little-endian.
/// The segment's id in the checksum keeps a record that a recycled or misplaced block brings back from being taken for one of this segment.
/// </summary>
internal static class RecordFrame
{
    public const int HeaderLength = 16;

    /// <summary>The longest payload; what claims to be longer is damage.</summary>
    public const int MaximumPayload = 64 << 10;

    public static void WriteHeader(Span<byte> frame, long segmentId, long sequence)
    {
        var payload = frame[HeaderLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(segmentId, sequence, payload));
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], sequence);
    }

    /// <summary>Reads length and sequence, unchecked but for their range.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out int payloadLength, out long sequence)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        payloadLength = (int)length;
        return length is > 0 and <= MaximumPayload && sequence > 0;
    }

    /// <summary>Whether the frame is what <see cref="WriteHeader"/> left.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, long segmentId, long sequence) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) == Checksum(segmentId, sequence, frame[HeaderLength..]);

    private static uint Checksum(long segmentId, long sequence, ReadOnlySpan<byte> payload)
    {
        var crc = Crc32C.Add(Crc32C.Start, (ulong)segmentId);
        crc = Crc32C.Add(crc, (ulong)sequence);
        crc = Crc32C.Add(crc, (ulong)payload.Length);
        return Crc32C.Finish(Crc32C.Add(crc, payload));
    }
}
