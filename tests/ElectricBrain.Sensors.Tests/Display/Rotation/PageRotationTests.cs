using ElectricBrain.Sensors.Display.Rotation;

namespace ElectricBrain.Sensors.Tests.Display.Rotation;

public sealed class PageRotationTests
{
    [Fact]
    public void Next_LastPage_IsFollowedByTheFirst()
    {
        var rotation = new PageRotation(period: null);
        rotation.Show(2, 3, TimeSpan.Zero);

        rotation.Next(TimeSpan.Zero);

        Assert.Equal(0, rotation.Index);
    }

    [Fact]
    public void Tick_WithAPeriod_TurnsThatLongAfterTheLastTurn()
    {
        var rotation = new PageRotation(TimeSpan.FromSeconds(10));
        rotation.Show(0, 3, TimeSpan.Zero);

        Assert.False(rotation.Tick(TimeSpan.FromSeconds(9)));
        rotation.Next(TimeSpan.FromSeconds(9));
        Assert.False(rotation.Tick(TimeSpan.FromSeconds(18)));
        Assert.True(rotation.Tick(TimeSpan.FromSeconds(19)));
        Assert.Equal(2, rotation.Index);
    }

    [Fact]
    public void Tick_WithoutAPeriod_NeverTurns() => Assert.False(new PageRotation(period: null).Tick(TimeSpan.FromDays(1)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 0.25)]
    [InlineData(600, 0)]
    public void BrightnessAt_TimeAlone_DimsAndGoesOff(int seconds, double brightness)
    {
        var presence = new Presence(TimeSpan.FromMinutes(1), 0.25, TimeSpan.FromMinutes(10));
        presence.Notice(TimeSpan.FromSeconds(100));

        Assert.Equal(brightness, presence.BrightnessAt(TimeSpan.FromSeconds(100 + seconds)));
    }

    [Fact]
    public void BrightnessAt_WithoutTimes_StaysFull() => Assert.Equal(1, new Presence(null, 0.25, null).BrightnessAt(TimeSpan.FromDays(100)));
}
