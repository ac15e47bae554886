using System.Text;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>A sink that answers as the test says, and remembers what it stored.</summary>
internal sealed class ScriptedSink(string name, Func<TelemetryBatch, SinkOutcome>? answer = null) : ITelemetrySink
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted = int.MaxValue;

    public string Name => name;

    public BatchLimits Limits { get; init; } = new(100, 1 << 20, TimeSpan.Zero);

    public Func<TelemetryBatch, SinkOutcome> Answer { get; set; } = answer ?? StoreAll;

    public List<string> Stored { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public int Flushes { get; private set; }

    public static SinkOutcome StoreAll(TelemetryBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Settle(i, RecordFate.Stored);
        }

        return SinkOutcome.Completed();
    }

    /// <summary>Completes when a number of records is stored.</summary>
    public Task StoredAsync(int count)
    {
        lock (Stored)
        {
            _wanted = count;
            Signal();
        }

        return _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        lock (Stored)
        {
            BatchSizes.Add(batch.Count);
            var outcome = Answer(batch);
            if (outcome.Kind == SinkOutcomeKind.Completed)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (batch.FateOf(i).Fate == RecordFate.Stored)
                    {
                        Stored.Add(Encoding.UTF8.GetString(batch[i].Span));
                    }
                }
            }

            Signal();
            return ValueTask.FromResult(outcome);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return ValueTask.CompletedTask;
    }

    private void Signal()
    {
        if (Stored.Count >= _wanted)
        {
            _reached.TrySetResult();
        }
    }
}
