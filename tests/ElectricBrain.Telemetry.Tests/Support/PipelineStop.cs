using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Support;

internal static class PipelineStop
{
    /// <summary>Stops while the clock moves on, so that no wait is real.</summary>
    public static async Task StopAsync(this TelemetryPipeline pipeline, FakeTimeProvider time)
    {
        var stopping = pipeline.StopAsync(TestContext.Current.CancellationToken);
        while (!stopping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping;
    }
}
