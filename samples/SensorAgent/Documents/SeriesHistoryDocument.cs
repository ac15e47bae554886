using ElectricBrain.Telemetry.Query;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The points of one series as JSON: arrays of equal length, oldest first; spans without values are left out.</summary>
/// <param name="Key">The key of the series.</param>
/// <param name="Quantity">What is measured; null for a series of another device.</param>
/// <param name="StartUnixMilliseconds">The start of each span.</param>
/// <param name="Count">How many values it holds.</param>
/// <param name="Minimum">The smallest value in it.</param>
/// <param name="Average">The mean of its values.</param>
/// <param name="Maximum">The largest value in it.</param>
internal sealed record SeriesHistoryDocument(
    string Key, string? Quantity, long[] StartUnixMilliseconds, long[] Count, double[] Minimum, double[] Average, double[] Maximum)
{
    public static SeriesHistoryDocument From(string key, string? quantity, IReadOnlyList<SeriesPoint> points) => new(
        key,
        quantity,
        [.. points.Select(static point => point.Start.ToUnixTimeMilliseconds())],
        [.. points.Select(static point => point.Count)],
        [.. points.Select(static point => point.Minimum)],
        [.. points.Select(static point => point.Average)],
        [.. points.Select(static point => point.Maximum)]);
}
