using ElectricBrain.Telemetry;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>How far a pipeline has come with its first sink.</summary>
internal static class PipelineProgress
{
    /// <summary>Waits for a state that the pipeline reaches by itself; the limit only keeps a broken one from waiting for ever.</summary>
    public static async Task UntilAsync(this TelemetryPipeline pipeline, Func<SinkStatus, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition(pipeline.GetStatus().Sinks[0]))
        {
            Assert.False(limit.IsCancellationRequested, pipeline.GetStatus().Sinks[0].ToString());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the sink refuses for a reason, and returns it.</summary>
    public static async Task<string> UntilRefusedAsync(this TelemetryPipeline pipeline, string reason)
    {
        await pipeline.UntilAsync(sink => sink.LastError?.Contains(reason, StringComparison.Ordinal) == true);
        return pipeline.GetStatus().Sinks[0].LastError!;
    }

    /// <summary>Waits until nothing is pending, and counts what became of the records.</summary>
    public static async Task<(long Delivered, long Duplicates, long Late, long DeadLettered)> CountsAsync(this TelemetryPipeline pipeline)
    {
        await pipeline.UntilAsync(static sink => sink.Pending == 0);
        var sink = pipeline.GetStatus().Sinks[0];
        return (sink.Delivered, sink.Duplicates, sink.Late, sink.DeadLettered);
    }
}
