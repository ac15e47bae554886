namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// How much is under way at once: additive increase, multiplicative decrease. A request refused as too much halves the requests under way and their size, once for
/// all that were under way with it; each success adds a sixteenth of the size, and once that is whole, a request, up to the limit. Any other failure goes back to
/// one request at a time.
/// </summary>
/// <param name="limits">The largest request.</param>
/// <param name="maxConcurrency">The most requests under way.</param>
internal sealed class BulkWindow(BatchLimits limits, int maxConcurrency)
{
    private const int WholeShare = 64;
    private const int ShareStep = WholeShare / 16;

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private volatile int _share = WholeShare;
    private volatile int _concurrency = 1;
    private int _inFlight;
    private int _decreases;

    private int MaxConcurrency => maxConcurrency;

    /// <summary>The most requests that may be under way now.</summary>
    public int Concurrency => _concurrency;

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The limits of one request.</summary>
    public BatchLimits Request => limits with
    {
        MaxRecords = (int)Math.Max(1, (long)limits.MaxRecords * _share / WholeShare),
        MaxBytes = (int)Math.Max(1, (long)limits.MaxBytes * _share / WholeShare),
    };

    /// <summary>Waits until a request may go, first come, first served; it is under way until what is returned is disposed.</summary>
    public async ValueTask<Passage> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_inFlight < _concurrency)
            {
                _inFlight++;
                return new Passage(this, _decreases);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn).ConfigureAwait(false))
        {
            await turn.Task.ConfigureAwait(false);
        }

        return new Passage(this, Volatile.Read(ref _decreases));
    }

    /// <summary>Lets go who may; holds the lock.</summary>
    private void Admit()
    {
        while (_inFlight < _concurrency && _waiting.TryDequeue(out var turn))
        {
            _inFlight += turn.TrySetResult() ? 1 : 0;
        }
    }

    /// <summary>One request under way, which tells how it went.</summary>
    public sealed class Passage(BulkWindow window, int decreases) : IDisposable
    {
        /// <param name="wasFull">Whether more would have been sent with a wider window.</param>
        public void Succeeded(bool wasFull)
        {
            lock (window._gate)
            {
                if (window._share < WholeShare)
                {
                    window._share = Math.Min(WholeShare, window._share + ShareStep);
                }
                else if (wasFull && window._concurrency < window.MaxConcurrency)
                {
                    window._concurrency++;
                }
            }
        }

        public void Overloaded()
        {
            lock (window._gate)
            {
                if (window._decreases == decreases)
                {
                    window._decreases++;
                    window._concurrency = Math.Max(1, window._concurrency / 2);
                    window._share = Math.Max(1, window._share / 2);
                }
            }
        }

        public void Failed()
        {
            lock (window._gate)
            {
                window._concurrency = 1;
            }
        }

        public void Dispose()
        {
            lock (window._gate)
            {
                window._inFlight--;
                window.Admit();
            }
        }
    }
}
