using ElectricBrain.Telemetry;

namespace ElectricBrain.Benchmarks.Telemetry.Ingest;

/// <summary>
/// Readings of 20 sensors, 10 ms apart in each series. The value tells which reading it is, so that whoever receives them knows what is
/// missing and what came twice.
/// </summary>
internal sealed class Workload
{
    private const int SeriesCount = 20;
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(10);

    private readonly TelemetrySeries[] _series;
    private readonly DateTimeOffset _origin;

    /// <param name="host">The machine that the readings come from.</param>
    /// <param name="origin">The time of the first reading; the server takes what lies within its time window only.</param>
    public Workload(string host, DateTimeOffset origin)
    {
        _origin = origin;
        _series = [.. Enumerable.Range(0, SeriesCount).Select(index => new TelemetrySeries
        {
            HostName = host,
            DeviceId = "enviro",
            SensorId = $"bme280.temperature-{index}",
            SensorType = "temperature",
            Unit = "Cel",
        })];
    }

    /// <summary>The number that a value carries.</summary>
    public static long NumberOf(double value) => (long)Math.Round(value * 100);

    public TelemetryRecord Record(long number) =>
        new(_series[number % SeriesCount], _origin + (number / SeriesCount * Spacing), number / 100.0);

    /// <summary>Fills the span with the readings from a number on.</summary>
    public void Fill(Span<TelemetryRecord> records, long first)
    {
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = Record(first + i);
        }
    }
}
