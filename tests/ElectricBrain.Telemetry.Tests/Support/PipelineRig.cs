using System.Text.Json;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>Pipelines on one outbox, and a clock that stands still until a test moves it.</summary>
internal sealed class PipelineRig : IDisposable
{
    private readonly TempDirectory _directory = new();

    public FakeTimeProvider Time { get; } = new(Samples.Start) { AutoAdvanceAmount = TimeSpan.Zero };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The value of a document.</summary>
    public static double Value(string line) => JsonDocument.Parse(line).RootElement.GetProperty("value").GetDouble();

    public static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, Cancel);
        }
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A file of the outbox.</summary>
    public string File(string name) => _directory.File(name);

    public Task<TelemetryPipeline> StartAsync(params ITelemetrySink[] sinks) => StartAsync(static _ => { }, sinks);

    public async Task<TelemetryPipeline> StartAsync(Action<TelemetryOptions> configure, params ITelemetrySink[] sinks)
    {
        var pipeline = Make(configure, sinks);
        await pipeline.StartAsync(Cancel);
        return pipeline;
    }

    public TelemetryPipeline Make(Action<TelemetryOptions> configure, params ITelemetrySink[] sinks)
    {
        var options = new TelemetryOptions { OutboxDirectory = _directory.Path, SegmentBytes = 128 << 10 };
        configure(options);
        return new TelemetryPipeline(options, sinks, Time);
    }

    /// <summary>Stops while the clock moves on, so that no wait is real.</summary>
    public async Task StopAsync(TelemetryPipeline pipeline)
    {
        var stopping = pipeline.StopAsync(Cancel);
        while (!stopping.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping;
    }
}
