using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Metrics;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Health;

/// <summary>Puts together what the agent knows about itself.</summary>
internal sealed class AgentStatus(
    AgentOptions options, EnviroHat hat, EnviroSampler sampler, ReadingStore store, ReadingRecorder recorder, AgentHealth health, TelemetryPipeline pipeline)
{
    public StatusDocument Get()
    {
        var telemetry = pipeline.GetStatus();
        var report = health.Evaluate();
        return new StatusDocument
        {
            Host = options.HostName,
            Device = options.DeviceId,
            Header = HatSelection.From(options).RemoteName,
            Simulated = hat.IsSimulated,
            Version = AgentMeters.Version,
            StartedAt = recorder.StartedAt.UtcDateTime,
            IntervalSeconds = options.Interval.TotalSeconds,
            StaleAfterSeconds = health.StaleAfter.TotalSeconds,
            Readings = sampler.Readings,
            SkippedReadings = sampler.SkippedTicks(EnviroSensors.Bme280) + recorder.Missed,
            Health = report.State,
            Reasons = report.Reasons,
            Outbox = new OutboxDocument(
                telemetry.Sinks.Max(static sink => sink.Pending), telemetry.Outbox.Bytes, telemetry.Outbox.MaxBytes, telemetry.Outbox.Written, store.Waiting, store.Lost),
            Sinks = [.. telemetry.Sinks.Select(sink => SinkDocument.From(sink, SinkNames.TargetOf(sink.Name, options)))],
        };
    }
}
