using System.Text;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>A sink that takes several batches at once and holds each until the test says what becomes of it.</summary>
internal sealed class WideSink(int concurrency) : ITelemetrySink
{
    private readonly List<Held> _held = [];
    private int _writing;

    public string Name => "wide";

    public BatchLimits Limits { get; init; } = new(10, 1 << 20, TimeSpan.Zero);

    public int Concurrency => concurrency;

    /// <summary>The most batches that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Whether a flush came while a batch was under way.</summary>
    public bool FlushedMeanwhile { get; private set; }

    /// <summary>The documents stored, by their value.</summary>
    public List<string> Stored { get; } = [];

    /// <summary>The next two batches that came, the older one first.</summary>
    public async Task<(Held Older, Held Newer)> NextTwoAsync(CancellationToken cancellationToken)
    {
        var one = await NextAsync(cancellationToken);
        var other = await NextAsync(cancellationToken);
        return one.First < other.First ? (one, other) : (other, one);
    }

    /// <summary>The next batch that came, held until it is answered.</summary>
    public async Task<Held> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryNext() is { } held)
            {
                return held;
            }

            await Task.Delay(1, cancellationToken);
        }
    }

    /// <summary>The next batch that came, if there is one.</summary>
    public Held? TryNext()
    {
        lock (_held)
        {
            var held = _held.FirstOrDefault();
            _held.RemoveRange(0, held is null ? 0 : 1);
            return held;
        }
    }

    public async ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        var held = new Held(batch.SequenceOf(0));
        lock (_held)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_writing);
            _held.Add(held);
        }

        try
        {
            var outcome = await held.Answer.Task.WaitAsync(cancellationToken);
            for (var i = 0; i < batch.Count && outcome.Kind == SinkOutcomeKind.Completed; i++)
            {
                batch.Settle(i, RecordFate.Stored);
                lock (_held)
                {
                    Stored.Add(Encoding.UTF8.GetString(batch[i].Span));
                }
            }

            return outcome;
        }
        finally
        {
            lock (_held)
            {
                _writing--;
            }
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        lock (_held)
        {
            FlushedMeanwhile |= _writing > 0;
        }

        return ValueTask.CompletedTask;
    }

    internal sealed class Held(long first)
    {
        /// <summary>The sequence of its first record.</summary>
        public long First => first;

        public TaskCompletionSource<SinkOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Store() => Answer.SetResult(SinkOutcome.Completed());

        public void Fail() => Answer.SetResult(SinkOutcome.Unavailable("nobody there"));
    }
}
