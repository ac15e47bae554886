using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Health;

/// <summary>Judges the agent from what its parts say.</summary>
internal sealed class AgentHealth(AgentOptions options, EnviroSampler sampler, ReadingStore store, ReadingRecorder recorder, TelemetryPipeline pipeline)
{
    /// <summary>After how long without a new reading the latest one is no longer current.</summary>
    public TimeSpan StaleAfter { get; } = TimeSpan.FromSeconds(Math.Max(5, 3 * options.Interval.TotalSeconds));

    public HealthReport Evaluate()
    {
        var fatal = new List<string>();
        var minor = new List<string>();
        if (sampler.Failure is { } failure)
        {
            fatal.Add($"No reading could be taken: {failure.Message}");
        }

        if (!sampler.TryGetLatest(out var reading, out var age))
        {
            fatal.Add("No reading has been taken yet.");
        }
        else
        {
            if (age > StaleAfter)
            {
                fatal.Add($"The last reading is {age.TotalSeconds:0} s old; one is due every {options.Interval.TotalSeconds:0.###} s.");
            }

            var sensors = SensorDocument.AllOf(reading);
            var failed = sensors.Where(static sensor => sensor.State == SensorState.Failed).Select(static sensor => sensor.Message ?? $"{sensor.Sensor} failed.");

            // The processor's thermometer measures nothing of its own.
            var nothingWorks = sensors.All(static sensor => sensor.State == SensorState.Failed || sensor.Sensor == SensorDocument.Cpu);
            (nothingWorks ? fatal : minor).AddRange(failed);
        }

        if ((store.Problem ?? recorder.Problem) is { } storing)
        {
            fatal.Add(storing);
        }

        foreach (var sink in pipeline.GetStatus().Sinks.Where(static sink => sink.State is SinkState.Retrying or SinkState.NeedsAttention))
        {
            (sink.Name == SinkNames.Sqlite ? fatal : minor).Add($"{sink.Name}: {sink.LastError}");
        }

        return new HealthReport(
            fatal.Count > 0 ? HealthState.Unhealthy : minor.Count > 0 ? HealthState.Degraded : HealthState.Healthy,
            [.. fatal, .. minor]);
    }
}
