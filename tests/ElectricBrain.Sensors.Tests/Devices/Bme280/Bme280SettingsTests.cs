using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

public sealed class Bme280SettingsTests
{
    // Datasheet, appendix B: 1.25 ms and for each quantity 2.3 ms a conversion, 0.575 ms more for pressure and for humidity.
    [Theory]
    [InlineData(Bme280Oversampling.X1, Bme280Oversampling.X1, Bme280Oversampling.X1, 9.3)]
    [InlineData(Bme280Oversampling.X16, Bme280Oversampling.X16, Bme280Oversampling.X16, 112.8)]
    [InlineData(Bme280Oversampling.X1, Bme280Oversampling.Skip, Bme280Oversampling.Skip, 3.55)]
    [InlineData(Bme280Oversampling.X2, Bme280Oversampling.X4, Bme280Oversampling.X8, 34.6)]
    public void MeasurementTime_Oversampling_IsTheDatasheetsMaximum(Bme280Oversampling temperature, Bme280Oversampling pressure, Bme280Oversampling humidity, double milliseconds)
    {
        var settings = new Bme280Settings { Temperature = temperature, Pressure = pressure, Humidity = humidity };

        Assert.Equal(milliseconds, settings.MeasurementTime.TotalMilliseconds, 1e-3);
    }

    [Fact]
    public void Validate_TemperatureSkipped_SaysWhyAndWhatToDo()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Bme280Settings { Temperature = Bme280Oversampling.Skip }.Validate());

        Assert.Equal("Temperature cannot be skipped: pressure and humidity are compensated with it. Use X1 or more.", exception.Message);
    }

    [Fact]
    public void Validate_UndefinedValue_NamesTheFieldAndTheValues()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Bme280Settings { Filter = (Bme280Filter)9 }.Validate());

        Assert.Equal("Filter has the undefined value 9. Use one of Off, X2, X4, X8, X16.", exception.Message);
    }
}
