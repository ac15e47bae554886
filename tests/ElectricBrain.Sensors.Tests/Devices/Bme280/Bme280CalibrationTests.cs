using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

public sealed class Bme280CalibrationTests
{
    private static readonly byte[] First = Convert.FromHexString("3270D06832003A8E1BD6D00B152464FFF9FF0C3020D18813004B");

    [Fact]
    public void Parse_RegistersOfAChip_GivesItsTrimming()
    {
        var calibration = Bme280Calibration.Parse(First, Convert.FromHexString("4C01001920031E"));

        Assert.Equal(
            new Bme280Calibration(28722, 26832, 50, 36410, -10725, 3024, 9237, -156, -7, 12300, -12000, 5000, 75, 332, 0, 400, 50, 30),
            calibration);
    }

    // The expectations were computed apart from this code, with exact rational arithmetic over the datasheet's formulas.
    [Theory]
    [InlineData("4C01001920031E", 0x8E1A, 400, 50, 54.41925489837797)]
    [InlineData("4C0100F835FDE2", 0x0BB8, -123, -45, 54.33771640104446)]
    [InlineData("6A0100FF1F001E", 0x2EE0, -1, 1, 66.82476260858489)]
    [InlineData("6A011413F3FF1E", 0x8E1A, 307, -1, 92.35356493128346)]
    [InlineData("6A010013F3801E", 0x7530, 307, -2033, 76.8076705310958)]
    [InlineData("6A0100FFFFFFFF", 0x2328, -1, -1, 49.69658944258841)]
    public void Parse_SignedHumidityTrimming_GivesRightHumidity(string second, int rawHumidity, int h4, int h5, double percent)
    {
        var calibration = Bme280Calibration.Parse(First, Convert.FromHexString(second));

        var fine = Bme280Compensation.FineTemperature(0x7FE30, calibration);

        Assert.Equal((h4, h5), (calibration.H4, calibration.H5));
        Assert.Equal(percent, Bme280Compensation.Humidity(rawHumidity, fine, calibration), 1e-9);
    }

    [Fact]
    public void Format_AnyCalibration_IsParsedBack() =>
        Bme280Gen.Calibration.Sample(calibration =>
        {
            var first = new byte[Bme280Registers.Calibration1Length];
            var second = new byte[Bme280Registers.Calibration2Length];
            calibration.Format(first, second);
            return Bme280Calibration.Parse(first, second) == calibration;
        });

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void IsPlausible_DeadBus_IsFalse(byte fill)
    {
        var first = new byte[Bme280Registers.Calibration1Length];
        var second = new byte[Bme280Registers.Calibration2Length];
        Array.Fill(first, fill);
        Array.Fill(second, fill);

        Assert.False(Bme280Calibration.Parse(first, second).IsPlausible);
    }
}
