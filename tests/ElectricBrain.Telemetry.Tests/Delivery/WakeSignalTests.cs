using ElectricBrain.Telemetry.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Delivery;

public sealed class WakeSignalTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void WaitAsync_SetBefore_EndsAtOnceAndOnlyOnce()
    {
        var signal = new WakeSignal(_time);
        signal.Set();
        Assert.True(signal.WaitAsync(Timeout, CancellationToken.None).IsCompleted);
        Assert.False(signal.WaitAsync(Timeout, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_SetAfterTheWaitBeforeTimedOut_EndsAtOnce()
    {
        var signal = new WakeSignal(_time);
        var first = signal.WaitAsync(Timeout, CancellationToken.None);
        _time.Advance(Timeout);
        await first;
        signal.Set();
        Assert.True(signal.WaitAsync(Timeout, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_SetAfterTheWaitBeforeWasCancelled_EndsAtOnce()
    {
        var signal = new WakeSignal(_time);
        using var cancellation = new CancellationTokenSource();
        var first = signal.WaitAsync(Timeout, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        signal.Set();
        Assert.True(signal.WaitAsync(Timeout, CancellationToken.None).IsCompleted);
    }
}
