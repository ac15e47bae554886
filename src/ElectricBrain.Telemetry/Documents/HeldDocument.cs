using System.Buffers.Binary;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>
/// A document that waits for the clock: byte 1, the 16 bytes of the boot's id, the i64 milliseconds of the monotonic clock at the reading
/// (little-endian), then the document under the time that the machine believed in. A document by itself begins with a brace.
/// </summary>
internal static class HeldDocument
{
    public const int HeaderLength = 1 + 16 + 8;

    private const byte Marker = 1;

    public static bool IsHeld(ReadOnlySpan<byte> payload) => payload.Length > HeaderLength + DocumentEncoder.HeadLength && payload[0] == Marker;

    public static void WriteHeader(Span<byte> payload, Guid boot, long monotonic)
    {
        payload[0] = Marker;
        boot.TryWriteBytes(payload[1..]);
        BinaryPrimitives.WriteInt64LittleEndian(payload[17..], monotonic);
    }

    public static Guid BootOf(ReadOnlySpan<byte> payload) => new(payload.Slice(1, 16));

    public static long MonotonicOf(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt64LittleEndian(payload[17..]);

    /// <summary>The document as it was written.</summary>
    public static ReadOnlySpan<byte> DocumentOf(ReadOnlySpan<byte> payload) => payload[HeaderLength..];

    /// <summary>Writes the document under another time, with a mark, and returns its length. A function of its arguments alone, so that a repetition gives the same bytes.</summary>
    public static int Restamp(ReadOnlySpan<byte> payload, long unixMilliseconds, ClockMark mark, TimestampFormatter timestamps, Span<byte> destination)
    {
        var document = DocumentOf(payload);
        var field = ClockField.Of(mark);
        var value = document.LastIndexOf(",\"value\":"u8);
        value = value < 0 ? document.Length : value;
        document[..value].CopyTo(destination);
        timestamps.Format(unixMilliseconds, destination[DocumentEncoder.TimestampOffset..]);
        field.CopyTo(destination[value..]);
        document[value..].CopyTo(destination[(value + field.Length)..]);
        return document.Length + field.Length;
    }
}
