using System.Threading.Channels;

namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// What a sampler delivers to one reader, from the subscription on until the sampler stops. It is read once, by one reader; the
/// subscription ends with the reading. Waiting allocates nothing.
/// </summary>
/// <typeparam name="T">A reading, or the window of a time.</typeparam>
public sealed class SampleStream<T> : IAsyncEnumerable<T>, IDisposable
{
    private readonly Channel<T> _channel;
    private long _dropped;
    private int _readers;

    internal SampleStream(int capacity, BoundedChannelFullMode fullMode)
    {
        var options = new BoundedChannelOptions(capacity) { FullMode = fullMode, SingleReader = true };
        _channel = Channel.CreateBounded<T>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>How many were dropped since the reader was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether the reader has left or the sampler has stopped.</summary>
    internal bool IsClosed => _channel.Reader.Completion.IsCompleted || Volatile.Read(ref _readers) < 0;

    /// <summary>Reads as they come. What was delivered before the sampler stopped is read to its end.</summary>
    /// <exception cref="InvalidOperationException">The stream is, or was, already read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _readers, 1, 0) != 0)
        {
            throw new InvalidOperationException("The stream is or was read already. Subscribe once for each reader.");
        }

        return ReadAsync(cancellationToken);
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _readers, -1);
        Complete();
    }

    /// <summary>Hands it to the reader; completes late only where the subscription is one that the sampler waits for.</summary>
    internal ValueTask WriteAsync(T item, CancellationToken cancellationToken) =>
        _channel.Writer.TryWrite(item) ? ValueTask.CompletedTask : WaitAndWriteAsync(item, cancellationToken);

    /// <summary>Hands it to the reader without waiting, whatever was promised; where there is no room it counts as dropped.</summary>
    internal void WriteLast(T item)
    {
        if (!_channel.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Lets the reader end.</summary>
    internal void Complete() => _channel.Writer.TryComplete();

    private async ValueTask WaitAndWriteAsync(T item, CancellationToken cancellationToken)
    {
        while (await _channel.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false) && !_channel.Writer.TryWrite(item))
        {
        }
    }

    private async IAsyncEnumerator<T> ReadAsync(CancellationToken cancellationToken)
    {
        // The channel waits without allocating only where the wait itself cannot be cancelled.
        using var cancellation = cancellationToken.UnsafeRegister(static stream => ((SampleStream<T>)stream!).Complete(), this);
        try
        {
            while (await _channel.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (!cancellationToken.IsCancellationRequested && _channel.Reader.TryRead(out var item))
                {
                    yield return item;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Dispose();
        }
    }
}
