using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

public sealed class Bme280CompensationTests
{
    /// <summary>The worked example of the BMP280 datasheet, which has the same temperature and pressure.</summary>
    private static readonly Bme280Calibration Datasheet = new(27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000, 0, 0, 0, 0, 0, 0);

    /// <summary>Pimoroni's driver tests.</summary>
    private static readonly Bme280Calibration Pimoroni = new(28009, 25654, 50, 39145, -10750, 3024, 5667, -120, -7, 15500, -14600, 6000, 75, 376, 0, 286, 50, 30);

    /// <summary>periph.io's driver tests.</summary>
    private static readonly Bme280Calibration Periph = new(28176, 26220, 350, 38237, -10824, 3024, 7799, -99, -7, 9900, -10230, 4285, 75, 366, 0, 309, 0, 30);

    public static TheoryData<string, int, int, int, double, double, double> Published => new()
    {
        { nameof(Datasheet), 519888, 415148, 0, 25.0825, 100653.267, 0 },
        { nameof(Pimoroni), 529191, 326816, 30281, 24.7894877676, 100661.517564, 68.66996648709 },
        { nameof(Periph), 524112, 309104, 30987, 22.93127, 100043.255, 63.16553 },
        { "PeriphBus", 526700, 304428, 31350, 23.72209, 100942.966, 65.30612 },
    };

    public static TheoryData<string, int, int, int, int?, int, uint, uint> PublishedIntegers => new()
    {
        { nameof(Datasheet), 519888, 415148, 0, 128422, 2508, 25767233, 0 },
        { nameof(Pimoroni), 529191, 326816, 30281, 126911, 2479, 25769253, 70317 },
        { nameof(Periph), 524112, 309104, 30987, 117407, 2293, 25611063, 64686 },
        { "PeriphBus", 526700, 304428, 31350, null, 2372, 25841330, 66873 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Compensate_PublishedVector_GivesPublishedValues(string calibration, int rawTemperature, int rawPressure, int rawHumidity, double celsius, double pascals, double percent)
    {
        var trimming = Named(calibration);

        var fine = Bme280Compensation.FineTemperature(rawTemperature, trimming);

        Assert.Equal(celsius, Bme280Compensation.Temperature(fine), 5e-5);
        Assert.Equal(pascals, Bme280Compensation.Pressure(rawPressure, fine, trimming), 1e-3);
        Assert.Equal(percent, Bme280Compensation.Humidity(rawHumidity, fine, trimming), 1e-5);
    }

    [Theory]
    [MemberData(nameof(PublishedIntegers))]
    public void IntegerCompensation_PublishedVector_GivesPublishedValues(string calibration, int rawTemperature, int rawPressure, int rawHumidity, int? fine, int centidegrees, uint pressure256, uint humidity1024)
    {
        var trimming = Named(calibration);

        var integerFine = Bme280IntegerCompensation.FineTemperature(rawTemperature, trimming);

        Assert.Equal(fine ?? integerFine, integerFine);
        Assert.Equal(centidegrees, Bme280IntegerCompensation.Temperature(integerFine));
        Assert.Equal(pressure256, Bme280IntegerCompensation.Pressure(rawPressure, integerFine, trimming));
        Assert.Equal(humidity1024, Bme280IntegerCompensation.Humidity(rawHumidity, integerFine, trimming));
    }

    [Fact]
    public void Compensate_AnyConditions_AgreesWithIntegerArithmetic()
    {
        var conditions = Gen.Select(Bme280Gen.Calibration, Bme280Gen.InRangeRawTemperature, Gen.Int[150_000, 700_000], Gen.Int[10_000, 50_000]);

        conditions.Sample((trimming, rawTemperature, rawPressure, rawHumidity) =>
        {
            var fine = Bme280Compensation.FineTemperature(rawTemperature, trimming);
            var integerFine = Bme280IntegerCompensation.FineTemperature(rawTemperature, trimming);
            var temperature = Bme280Compensation.Temperature(fine);
            var pressure = Bme280Compensation.Pressure(rawPressure, fine, trimming);
            var humidity = Bme280Compensation.Humidity(rawHumidity, fine, trimming);
            return Math.Abs(temperature - Bme280IntegerCompensation.Temperature(integerFine) / 100.0) < 0.011
                && Math.Abs(pressure - Bme280IntegerCompensation.Pressure(rawPressure, integerFine, trimming) / 256.0) < 3
                && Math.Abs(humidity - Bme280IntegerCompensation.Humidity(rawHumidity, integerFine, trimming) / 1024.0) < 0.05;
        });
    }

    [Fact]
    public void FineTemperature_LargerRaw_IsWarmer() =>
        Gen.Select(Bme280Gen.Calibration, Bme280Gen.InRangeRawTemperature, Gen.Int[1, 10_000])
            .Sample((trimming, raw, more) => Bme280Compensation.FineTemperature(raw + more, trimming) > Bme280Compensation.FineTemperature(raw, trimming));

    [Fact]
    public void Pressure_LargerRaw_IsLower() =>
        Gen.Select(Bme280Gen.Calibration, Bme280Gen.InRangeRawTemperature, Gen.Int[150_000, 690_000], Gen.Int[1, 10_000])
            .Sample((trimming, rawTemperature, raw, more) =>
            {
                var fine = Bme280Compensation.FineTemperature(rawTemperature, trimming);
                return Bme280Compensation.Pressure(raw + more, fine, trimming) < Bme280Compensation.Pressure(raw, fine, trimming);
            });

    [Fact]
    public void Humidity_LargerRaw_IsNotDrier() =>
        Gen.Select(Bme280Gen.Calibration, Bme280Gen.InRangeRawTemperature, Gen.Int[0, 65_000], Gen.Int[1, 535])
            .Sample((trimming, rawTemperature, raw, more) =>
            {
                var fine = Bme280Compensation.FineTemperature(rawTemperature, trimming);
                return Bme280Compensation.Humidity(raw + more, fine, trimming) >= Bme280Compensation.Humidity(raw, fine, trimming);
            });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65535, 100)]
    public void Humidity_BeyondDryAndDew_IsThatEnd(int raw, double expected) =>
        Assert.Equal(expected, Bme280Compensation.Humidity(raw, 20 * 5120, Pimoroni));

    private static Bme280Calibration Named(string name) => name switch
    {
        nameof(Datasheet) => Datasheet,
        nameof(Pimoroni) => Pimoroni,
        nameof(Periph) => Periph,
        _ => Periph with { T3 = 50 },
    };
}
