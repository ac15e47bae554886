using System.Globalization;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>1s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class IntervalText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a positive span of at most 10,000 days.</summary>
    public static bool TryParse(string? text, out TimeSpan interval)
    {
        interval = default;
        foreach (var (unit, length) in Units)
        {
            if (text?.EndsWith(unit, StringComparison.Ordinal) == true
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number > 0
                && number * length.TotalDays <= 10_000)
            {
                interval = number * length;
                return interval > TimeSpan.Zero;
            }
        }

        return false;
    }
}
