using System.Diagnostics.Metrics;
using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>The current values as gauges. A value that is not known, or not current, has none: neither an old one nor zero.</summary>
internal sealed class ReadingMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly EnviroSampler _sampler;
    private readonly EnviroRecordMapping _mapping;
    private readonly AgentHealth _health;

    /// <param name="meterName">The meter, of which only one exporter should know: they differ in the units.</param>
    /// <param name="units">From the unit of a record to that of its metric.</param>
    /// <param name="sampler">Has the values.</param>
    /// <param name="mapping">Says what they are.</param>
    /// <param name="health">Says how old they may be.</param>
    public ReadingMetrics(string meterName, Func<string, MetricUnit> units, EnviroSampler sampler, EnviroRecordMapping mapping, AgentHealth health)
    {
        (_sampler, _mapping, _health) = (sampler, mapping, health);
        _meter = new Meter(meterName);
        foreach (var quantity in mapping.AllSeries.GroupBy(static series => (series.SensorType, series.Unit)))
        {
            var (type, unit) = (quantity.Key.SensorType, units(quantity.Key.Unit));
            _meter.CreateObservableGauge(
                $"electricbrain.reading.{type}", () => Measure(type, unit.Factor), unit.Name, $"Latest {type.Replace('_', ' ')} of the hat; missing while it is not known.");
        }

        _meter.CreateObservableGauge("electricbrain.reading.age", Age, "s", "Time since the latest reading.");
        _meter.CreateObservableGauge("electricbrain.sensor.up", Up, description: "Whether a sensor of the hat works: 1, or 0 when it failed.");
    }

    public void Dispose() => _meter.Dispose();

    private List<Measurement<double>> Measure(string type, double factor)
    {
        var measured = new List<Measurement<double>>(1);
        if (!_sampler.TryGetLatest(out var reading, out var age) || age > _health.StaleAfter)
        {
            return measured;
        }

        var records = new TelemetryRecord[_mapping.AllSeries.Count];
        foreach (var record in records.AsSpan(0, _mapping.Map(reading, records)))
        {
            if (record.Series.SensorType == type)
            {
                measured.Add(new Measurement<double>(record.Value * factor, Labels(record.Series, record.Series.SensorId.Split('.')[0])));
            }
        }

        return measured;
    }

    private IEnumerable<Measurement<double>> Age() =>
        _sampler.TryGetLatest(out _, out var age) ? [new Measurement<double>(age.TotalSeconds, Labels(_mapping.AllSeries[0], null))] : [];

    private IEnumerable<Measurement<int>> Up() => _sampler.TryGetLatest(out var reading, out _)
        ? SensorDocument.AllOf(reading).Select(sensor => new Measurement<int>(sensor.State == SensorState.Failed ? 0 : 1, Labels(_mapping.AllSeries[0], sensor.Sensor)))
        : [];

    private static List<KeyValuePair<string, object?>> Labels(TelemetrySeries series, string? sensor)
    {
        List<KeyValuePair<string, object?>> labels = [new("host", series.HostName), new("device", series.DeviceId), new("simulated", series.IsSimulated ? "true" : "false")];
        if (sensor is not null)
        {
            labels.Add(new("sensor", sensor));
        }

        return labels;
    }
}
