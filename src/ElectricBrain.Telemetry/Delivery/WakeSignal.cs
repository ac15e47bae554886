namespace ElectricBrain.Telemetry.Delivery;

/// <summary>Wakes one waiter; a wake-up that comes before the wait is kept.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Waits for a wake-up or for a time, whichever comes first.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            _waiter = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter).ConfigureAwait(false);
            await waiter.Task.ConfigureAwait(false);
        }
        finally
        {
            Leave(waiter);
        }
    }

    /// <summary>A wake-up that comes after the wait is over is kept for the next one.</summary>
    private void Leave(TaskCompletionSource waiter)
    {
        lock (_gate)
        {
            _waiter = _waiter == waiter ? null : _waiter;
        }
    }
}
