namespace ElectricBrain.Telemetry.Documents;

/// <summary>
/// Writes a record as one line of JSON, without the newline. Everything but the timestamp and the value comes from the cache of the
/// series; nothing is allocated. Not thread-safe: it caches the last second.
/// </summary>
internal sealed class DocumentEncoder
{
    /// <summary>The bytes before the fragment of the series: <c>{"@timestamp":"2026-11-24T06:57:00.123Z"</c>.</summary>
    public const int HeadLength = 40;

    /// <summary>Where the timestamp begins.</summary>
    public const int TimestampOffset = 15;

    private static readonly int ValueNameLength = ",\"value\":"u8.Length;

    private readonly TimestampFormatter _timestamps = new();

    /// <summary>The most bytes that a document of the series can take.</summary>
    public static int MaximumLength(TelemetrySeries series) =>
        HeadLength + series.Identity.Fragment.Length + ClockField.MaximumLength + NumberFormatter.MaximumLength + 1;

    /// <summary>Writes the document and returns its length; <paramref name="destination"/> holds <see cref="MaximumLength"/>.</summary>
    public int Encode(TelemetrySeries series, long unixMilliseconds, double value, Span<byte> destination, ClockMark mark = ClockMark.None)
    {
        "{\"@timestamp\":\""u8.CopyTo(destination);
        _timestamps.Format(unixMilliseconds, destination[TimestampOffset..]);
        destination[TimestampOffset + TimestampFormatter.Length] = (byte)'"';
        var fragment = series.Identity.Fragment.Span;
        fragment.CopyTo(destination[HeadLength..]);
        var end = HeadLength + fragment.Length;
        if (mark != ClockMark.None)
        {
            // The mark stands before the value, so that a document ends in the same way with and without it.
            var field = ClockField.Of(mark);
            field.CopyTo(destination[(end - ValueNameLength)..]);
            fragment[^ValueNameLength..].CopyTo(destination[(end - ValueNameLength + field.Length)..]);
            end += field.Length;
        }

        end += NumberFormatter.Format(value, destination[end..]);
        destination[end] = (byte)'}';
        return end + 1;
    }
}
