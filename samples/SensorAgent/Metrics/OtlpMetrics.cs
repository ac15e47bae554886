using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>The metrics, sent to a collector of OpenTelemetry again and again. One that is away misses them, and nothing else happens.</summary>
internal sealed class OtlpMetrics : IDisposable
{
    private const string Readings = "ElectricBrain.SensorAgent";

    private readonly ReadingMetrics _readings;
    private readonly MeterProvider _provider;

    public OtlpMetrics(AgentOptions options, OtlpTarget target, EnviroSampler sampler, EnviroRecordMapping mapping, AgentHealth health)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddAgent(options, Readings)
            .AddOtlpExporter(exporter => target.Apply(exporter, "metrics"))
            .Build();
        _readings = new ReadingMetrics(Readings, MetricUnit.Ucum, sampler, mapping, health);
    }

    /// <summary>Sends the last values.</summary>
    public void Dispose()
    {
        _provider.Dispose();
        _readings.Dispose();
    }
}
