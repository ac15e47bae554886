namespace ElectricBrain.Telemetry.Query;

/// <summary>The spans that a series is summed up in: of equal length in whole milliseconds, from the start of the query on.</summary>
/// <param name="Start">The first millisecond of the query, since 1970.</param>
/// <param name="End">The first millisecond behind it.</param>
/// <param name="Width">The length of a span in milliseconds.</param>
internal readonly record struct SeriesSpans(long Start, long End, long Width)
{
    /// <exception cref="ArgumentException">The end is not after the start, or no point is asked for.</exception>
    public static SeriesSpans Of(DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var start = from.ToUnixTimeMilliseconds();
        var end = to.ToUnixTimeMilliseconds() + (to.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        return new SeriesSpans(start, end, Math.Max(1, (end - start + maxPoints - 1) / maxPoints));
    }

    /// <summary>The start of a span by its number, from 0.</summary>
    public DateTimeOffset StartOf(long span) => DateTimeOffset.FromUnixTimeMilliseconds(Start + span * Width);
}
