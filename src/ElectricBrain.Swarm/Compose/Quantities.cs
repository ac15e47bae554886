using System.Globalization;
using System.Text.RegularExpressions;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads the durations, sizes and processor counts of stack files.</summary>
/// <remarks>Source: Go's time.ParseDuration and docker/go-units RAMInBytes, which the docker command line uses.</remarks>
internal static partial class Quantities
{
    private const int NanosecondsPerTick = 100;
    private const decimal NanoCpusPerCpu = 1_000_000_000m;

    /// <summary>Reads such as <c>1m30s</c> or <c>1.5h</c>.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (!DurationPattern().IsMatch(text))
        {
            return null;
        }

        decimal nanoseconds = 0;
        foreach (Match part in DurationPart().Matches(text))
        {
            decimal unit = part.Groups[2].Value switch
            {
                "h" => 3_600_000_000_000m,
                "m" => 60_000_000_000m,
                "s" => 1_000_000_000m,
                "ms" => 1_000_000m,
                "ns" => 1m,
                _ => 1_000m,
            };
            if (!decimal.TryParse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
                || amount > long.MaxValue / unit)
            {
                return null;
            }

            nanoseconds += amount * unit;
        }

        return nanoseconds > long.MaxValue ? null : TimeSpan.FromTicks((long)(nanoseconds / NanosecondsPerTick));
    }

    /// <summary>Reads such as <c>64M</c>, <c>1.5g</c> or <c>1024</c>; the units are powers of 1024.</summary>
    public static long? Bytes(string text)
    {
        Match match = SizePattern().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
        {
            return null;
        }

        int power = match.Groups[2].Value.ToUpperInvariant() is { Length: > 0 } unit ? "KMGTP".IndexOf(unit[0], StringComparison.Ordinal) + 1 : 0;
        decimal factor = 1L << (10 * power);
        return amount > long.MaxValue / factor ? null : (long)(amount * factor);
    }

    /// <summary>Reads such as <c>0.25</c>, into billionths of a processor.</summary>
    public static long? NanoCpus(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal cpus)
        && cpus <= long.MaxValue / NanoCpusPerCpu
        && cpus * NanoCpusPerCpu == decimal.Truncate(cpus * NanoCpusPerCpu)
            ? (long)(cpus * NanoCpusPerCpu)
            : null;

    [GeneratedRegex(@"^(?:\d+(?:\.\d*)?(?:h|ms|m|s|us|µs|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(\d+(?:\.\d*)?)(h|ms|m|s|us|µs|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();

    [GeneratedRegex(@"^(\d+(?:\.\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();
}
