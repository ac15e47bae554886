using ElectricBrain.Sensors.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Sampling;

public sealed class ReusableDelayTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ReusableDelay _delay;

    public ReusableDelayTests() => _delay = new ReusableDelay(_clock);

    public void Dispose() => _delay.Dispose();

    [Fact]
    public async Task WaitAsync_AgainAndAgain_EndsWhenItsTimeHasPassed()
    {
        for (var milliseconds = 1; milliseconds < 50; milliseconds++)
        {
            var wait = _delay.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.False(wait.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(wait.IsCompletedSuccessfully);
            await wait;
        }
    }

    [Fact]
    public async Task WaitAsync_Cancelled_ThrowsAndDoesNotEndTheNextWait()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _delay.WaitAsync(TimeSpan.FromMilliseconds(10), cancellation.Token);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled.AsTask());
        Assert.Equal(cancellation.Token, exception.CancellationToken);

        var next = _delay.WaitAsync(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await next;
    }

    [Fact]
    public async Task WaitAsync_CancelledBefore_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => _delay.WaitAsync(TimeSpan.FromMilliseconds(10), cancellation.Token).AsTask());
    }
}
