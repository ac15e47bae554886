using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ElectricBrain.Samples.SensorAgent.Options;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>What part of the history a request asks for.</summary>
/// <param name="From">The start, inclusive.</param>
/// <param name="To">The end, exclusive.</param>
/// <param name="MaxPoints">The most points of a series.</param>
internal sealed record HistoryRange(DateTimeOffset From, DateTimeOffset To, int MaxPoints)
{
    private const int DefaultMaxPoints = 600;
    private const int LargestMaxPoints = 5_000;
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(5);

    /// <summary>The length of the span that each point sums up.</summary>
    public double SpanSeconds => (To - From).TotalSeconds / MaxPoints;

    /// <summary>Reads the parameters; when one cannot be used, <paramref name="problem"/> names it and the remedy.</summary>
    public static bool TryParse(
        string? window, string? from, string? to, string? maxPoints, DateTimeOffset now, [NotNullWhen(true)] out HistoryRange? range, [NotNullWhen(false)] out string? problem)
    {
        range = null;
        problem = null;
        var end = now;
        var length = DefaultWindow;
        var start = default(DateTimeOffset);
        var points = DefaultMaxPoints;
        if (window is not null && (from is not null || to is not null))
        {
            problem = "window excludes from and to; give one or the other.";
        }
        else if (window is not null && !IntervalText.TryParse(window, out length))
        {
            problem = "window is not a span of time; give for example 5m, 1h, 24h or 7d.";
        }
        else if (to is not null && !TryParseInstant(to, out end))
        {
            problem = "to is not an instant; give ISO 8601 with a zone, such as 2030-01-31T12:00:00Z.";
        }
        else if (from is not null && !TryParseInstant(from, out start))
        {
            problem = "from is not an instant; give ISO 8601 with a zone, such as 2030-01-31T12:00:00Z.";
        }
        else if (maxPoints is not null && (!int.TryParse(maxPoints, NumberStyles.None, CultureInfo.InvariantCulture, out points) || points is < 1 or > LargestMaxPoints))
        {
            problem = $"maxPoints is not usable; give 1 to {LargestMaxPoints}.";
        }
        else
        {
            if (window is not null)
            {
                // Spans that start at multiples of their length stay the same from one request to the next.
                var span = Math.Max(1, length.Ticks / points);
                end = new DateTimeOffset((end.UtcTicks / span + 1) * span, TimeSpan.Zero);
                length = span * points * TimeSpan.FromTicks(1);
            }

            start = from is not null ? start : end - DateTimeOffset.MinValue > length ? end - length : DateTimeOffset.MinValue;
            problem = start < end ? null : "from is not before to; swap them.";
        }

        if (problem is null)
        {
            range = new HistoryRange(start, end, points);
        }

        return range is not null;
    }

    private static bool TryParseInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
