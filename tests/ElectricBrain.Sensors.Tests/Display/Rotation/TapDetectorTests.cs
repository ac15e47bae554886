using ElectricBrain.Sensors.Display.Rotation;

namespace ElectricBrain.Sensors.Tests.Display.Rotation;

public sealed class TapDetectorTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly TapDetector _detector = new(threshold: 300);
    private TimeSpan _now;

    [Fact]
    public void Observe_HandComesAndGoes_IsOneTap() => Assert.Equal(1, Taps(5, 6, 900, 1500, 1400, 800, 6, 5));

    [Fact]
    public void Observe_TwoApproaches_AreTwoTaps() => Assert.Equal(2, Taps(5, 900, 900, 5, 5, 5, 5, 900, 5));

    [Fact]
    public void Observe_CountsTrembleAboutTheThreshold_IsOneTap() => Assert.Equal(1, Taps(0, 310, 290, 305, 280, 301, 200, 299, 0));

    [Fact]
    public void Observe_FingerThatBounces_IsOneTap() => Assert.Equal(1, Taps(5, 900, 5, 900, 5));

    [Fact]
    public void Observe_SlowChangeOfTheBackground_IsNoTap() => Assert.Equal(0, Taps([.. Enumerable.Range(0, 3000).Select(static i => i / 3)]));

    [Fact]
    public void Observe_SomethingPutInFrontOfIt_IsOneTapAndThenTheBackground()
    {
        Assert.Equal(1, Taps([5, .. Enumerable.Repeat(800, 200)]));
        Assert.False(_detector.IsNear);
        Assert.Equal(1, Taps(800, 1300, 800));
    }

    [Fact]
    public void Observe_AfterThatIsTakenAway_TapsAreFoundAtOnce()
    {
        Taps([5, .. Enumerable.Repeat(800, 200)]);

        Assert.Equal(1, Taps(5, 5, 5, 600, 5));
    }

    [Fact]
    public void Observe_HandIsThereAtTheStart_TakesItsLeavingForTheBackground() => Assert.Equal(1, Taps(1500, 1500, 4, 4, 4, 700));

    [Fact]
    public void IsNear_WhileTheHandStays_IsTrue()
    {
        Taps(5, 900);
        Assert.True(_detector.IsNear);
        Taps(200);
        Assert.True(_detector.IsNear);
        Taps(100);
        Assert.False(_detector.IsNear);
    }

    private int Taps(params int[] counts) => counts.Count(one => _detector.Observe(_now += Step, one));
}
