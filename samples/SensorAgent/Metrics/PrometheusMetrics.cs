using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>The metrics at <c>/metrics</c>, for Prometheus to collect.</summary>
internal sealed class PrometheusMetrics : IDisposable
{
    private const string Readings = "ElectricBrain.SensorAgent.Prometheus";

    private readonly ReadingMetrics _readings;

    public PrometheusMetrics(AgentOptions options, EnviroSampler sampler, EnviroRecordMapping mapping, AgentHealth health)
    {
        Provider = Sdk.CreateMeterProviderBuilder()
            .AddAgent(options, Readings)
            .AddPrometheusExporter(static exporter => exporter.ScopeInfoEnabled = false)
            .Build();
        _readings = new ReadingMetrics(Readings, MetricUnit.Prometheus, sampler, mapping, health);
    }

    /// <summary>What the endpoint reads.</summary>
    public MeterProvider Provider { get; }

    public void Dispose()
    {
        _readings.Dispose();
        Provider.Dispose();
    }
}
