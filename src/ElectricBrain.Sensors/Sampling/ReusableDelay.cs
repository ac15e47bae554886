using System.Threading.Tasks.Sources;

namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// Waits again and again without allocating, unlike <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>. One wait at a time.
/// </summary>
internal sealed class ReusableDelay(TimeProvider timeProvider) : IDisposable
{
    private Wait? _wait;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The timer of a wait that was cancelled may be about to fire, and must not end the next wait.
        if (_wait is not { IsReusable: true })
        {
            _wait?.Dispose();
            _wait = new Wait(timeProvider);
        }

        return _wait.StartAsync(time, cancellationToken);
    }

    public void Dispose()
    {
        _wait?.Dispose();
        _wait = null;
    }

    private sealed class Wait : IValueTaskSource, IDisposable
    {
        private readonly ITimer _timer;
        private ManualResetValueTaskSourceCore<bool> _source;
        private CancellationToken _token;
        private CancellationTokenRegistration _cancellation;
        private int _isPending;

        public Wait(TimeProvider timeProvider) =>
            _timer = timeProvider.CreateTimer(static wait => ((Wait)wait!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        /// <summary>Whether its last wait, if any, ended by the timer.</summary>
        public bool IsReusable { get; private set; } = true;

        public ValueTask StartAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            _source.Reset();
            _token = cancellationToken;
            IsReusable = false;
            Volatile.Write(ref _isPending, 1);
            var result = new ValueTask(this, _source.Version);
            _cancellation = cancellationToken.UnsafeRegister(static wait => ((Wait)wait!).Cancel(), this);
            _timer.Change(time, Timeout.InfiniteTimeSpan);
            return result;
        }

        public void Dispose() => _timer.Dispose();

        void IValueTaskSource.GetResult(short token)
        {
            _cancellation.Dispose();
            _source.GetResult(token);
            IsReusable = true;
        }

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);

        private void Fire()
        {
            if (Interlocked.Exchange(ref _isPending, 0) == 1)
            {
                _source.SetResult(true);
            }
        }

        private void Cancel()
        {
            if (Interlocked.Exchange(ref _isPending, 0) == 1)
            {
                _source.SetException(new OperationCanceledException(_token));
            }
        }
    }
}
