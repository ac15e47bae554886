using System.Globalization;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Reads the refusal of a time series stream for a time that none of its indices is for: "the document timestamp [T] is outside of ranges of currently writable indices
/// [[START,END][START,END]]", oldest first.
/// </summary>
internal static class WritableRanges
{
    /// <summary>
    /// The end of the newest range moves with the clock, half an hour or two ahead of it (<c>index.look_ahead_time</c>). What is dated up to this beyond it is taken soon; beside, it would be there
    /// twice when it is offered again by then.
    /// </summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <summary>False when the reason is another one.</summary>
    /// <param name="reason">The whole reason.</param>
    /// <param name="isSoonWritable">Whether the time lies shortly ahead of the newest range.</param>
    public static bool TryRead(string reason, out bool isSoonWritable)
    {
        isSoonWritable = false;
        var ranges = reason.IndexOf("outside of ranges of currently writable indices", StringComparison.Ordinal);
        if (ranges < 0)
        {
            return false;
        }

        var timestamp = Between(reason.AsSpan(0, ranges), '[', ']');
        var end = Between(reason.AsSpan(ranges), ',', ']');
        isSoonWritable = TryParse(timestamp, out var time) && TryParse(end, out var last) && time >= last && time - last <= Soon;
        return true;
    }

    /// <summary>What is between the last of one character and the next of the other.</summary>
    private static ReadOnlySpan<char> Between(ReadOnlySpan<char> text, char open, char close)
    {
        var rest = text[(text.LastIndexOf(open) + 1)..];
        return rest.IndexOf(close) is var length and >= 0 ? rest[..length] : rest;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
