namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// How much is sent at once: additive increase, multiplicative decrease. What is refused as too much halves the requests under way and their size; each full
/// success adds a sixteenth of the size, and once that is whole, a request, up to the limit. Any other failure goes back to one request at a time. Nothing that was sent is
/// beyond the batch that the sink was given, so that its position in the outbox moves over whole batches only.
/// </summary>
/// <param name="limits">The largest request.</param>
/// <param name="maxConcurrency">The most requests under way.</param>
internal sealed class BulkWindow(BatchLimits limits, int maxConcurrency)
{
    private const int WholeShare = 64;
    private const int ShareStep = WholeShare / 16;

    private volatile int _share = WholeShare;
    private volatile int _concurrency = 1;
    private int _inFlight;

    public int Concurrency => _concurrency;

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The limits of one request.</summary>
    public BatchLimits Request => limits with
    {
        MaxRecords = (int)Math.Max(1, (long)limits.MaxRecords * _share / WholeShare),
        MaxBytes = (int)Math.Max(1, (long)limits.MaxBytes * _share / WholeShare),
    };

    /// <summary>The limits of a batch, of which each request takes a part.</summary>
    public BatchLimits Batch => Request with
    {
        MaxRecords = (int)Math.Min(int.MaxValue, (long)Request.MaxRecords * _concurrency),
        MaxBytes = (int)Math.Min(int.MaxValue, (long)Request.MaxBytes * _concurrency),
    };

    /// <summary>Takes a request as under way until it is disposed.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _inFlight);
        return new Passage(this);
    }

    /// <param name="wasFull">Whether more would have been sent with a wider window.</param>
    public void Succeeded(bool wasFull)
    {
        if (_share < WholeShare)
        {
            _share = Math.Min(WholeShare, _share + ShareStep);
        }
        else if (wasFull && _concurrency < maxConcurrency)
        {
            _concurrency++;
        }
    }

    public void Overloaded()
    {
        _concurrency = Math.Max(1, _concurrency / 2);
        _share = Math.Max(1, _share / 2);
    }

    public void Failed() => _concurrency = 1;

    private sealed class Passage(BulkWindow window) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref window._inFlight);
    }
}
