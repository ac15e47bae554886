using ElectricBrain.Sensors.Display.Pages;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Tests.Display.Pages;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData(23.46, 1, "23.5")]
    [InlineData(-3.14, 1, "−3.1")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(-0.06, 1, "−0.1")]
    [InlineData(0, 0, "0")]
    [InlineData(64_000, 0, "64000")]
    [InlineData(0.5, 99, "0.500000")]
    [InlineData(1e300, 0, "--")]
    public void Write_Number_HasATrueMinusAndNoneBeforeZero(double value, int decimals, string text) =>
        Assert.Equal(text, ValueText.Write(new char[ValueText.MaximumLength], value, decimals).ToString());

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(7200, "2 h")]
    [InlineData(200_000, "2 d")]
    public void Write_Time_IsInTheLargestUnit(double seconds, string text) =>
        Assert.Equal(text, ValueText.Write(new char[ValueText.MaximumLength], TimeSpan.FromSeconds(seconds)).ToString());

    [Theory]
    [InlineData("light", 3.46, 1)]
    [InlineData("light", 34.6, 1)]
    [InlineData("light", 346, 0)]
    [InlineData("pressure", 1013.25, 1)]
    [InlineData("temperature", -20.25, 1)]
    [InlineData("light", 0, 1)]
    public void DecimalsOf_Value_AreAsManyAsMeanSomething(string quantity, double value, int decimals)
    {
        var measurand = quantity switch { "light" => Measurands.Light, "pressure" => Measurands.Pressure, _ => Measurands.Temperature };
        Assert.Equal(decimals, measurand.DecimalsOf(value));
    }

    [Fact]
    public void Measurands_EveryLabelAndUnit_CanBeWritten()
    {
        Measurand[] all = [Measurands.Temperature, Measurands.Humidity, Measurands.Pressure, Measurands.Light, Measurands.Sound, Measurands.Pm1, Measurands.Pm25, Measurands.Pm10, Measurands.Oxidising, Measurands.Reducing, Measurands.Ammonia];

        Assert.All(all, static measurand => Assert.All(measurand.Name + measurand.Label + measurand.Unit, static character => Assert.True(Font.Small.Has(character), character.ToString())));
        Assert.All(all, static measurand => Assert.True(measurand.Levels is not { Source.Length: 0 }));
    }
}
