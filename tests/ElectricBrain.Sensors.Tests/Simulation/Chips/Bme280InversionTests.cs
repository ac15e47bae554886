using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Tests.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Simulation.Chips;

public sealed class Bme280InversionTests
{
    [Fact]
    public void Inversion_AnyConditionsAndCalibration_IsDecodedWithinOneStep() =>
        Gen.Select(Bme280Gen.Calibration, Gen.Double[-10, 60], Gen.Double[60_000, 108_000], Gen.Double[10, 90])
            .Sample((calibration, celsius, pascals, percent) =>
            {
                var temperature = Bme280Inversion.Temperature(celsius, calibration);
                var fine = Bme280Compensation.FineTemperature(temperature, calibration);
                var pressure = Bme280Inversion.Pressure(pascals, fine, calibration);
                var humidity = Bme280Inversion.Humidity(percent, fine, calibration);
                return IsNearest(celsius, temperature, raw => Bme280Compensation.Temperature(Bme280Compensation.FineTemperature(raw, calibration)))
                    && IsNearest(pascals, pressure, raw => Bme280Compensation.Pressure(raw, fine, calibration))
                    && IsNearest(percent, humidity, raw => Bme280Compensation.Humidity(raw, fine, calibration));
            });

    /// <summary>At the ends of the raw values a chip cannot show any more, so nothing is asked there.</summary>
    private static bool IsNearest(double target, int raw, Func<int, double> decode) =>
        raw is 0 or 0xFFFF or 0xFFFFF || Math.Abs(decode(raw) - target) <= Math.Abs(decode(raw + 1) - decode(raw));
}
