using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests;

public sealed class TelemetrySeriesTests
{
    [Fact]
    public void Key_NamesWithSeparators_StayApart()
    {
        var one = Samples.Series("a/b", "c", "%", "h");
        var other = Samples.Series("a", "b/c", "%", "h");
        Assert.Equal("h/enviro/a%2Fb/c/%25/simulated", one.Key);
        Assert.NotEqual(one, other);
        Assert.Equal(one, Samples.Series("a/b", "c", "%", "h"));
    }

    [Fact]
    public void Unit_Empty_IsRefusedWithTheRemedy()
    {
        var refused = Assert.Throws<ArgumentException>(() => Samples.Series("a", "b", ""));
        Assert.Contains("The Unit of a series must not be empty; give a dimensionless series the unit \"1\"", refused.Message, StringComparison.Ordinal);
    }
}
