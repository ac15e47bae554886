using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>Physical values to the raw ones that a chip with a given calibration shows: the compensation, searched backwards.</summary>
internal static class Bme280Inversion
{
    private interface ICurve
    {
        double At(int raw);
    }

    /// <summary>The 20-bit raw value nearest to a temperature.</summary>
    public static int Temperature(double celsius, Bme280Calibration calibration) =>
        Nearest(celsius, 20, new TemperatureCurve(calibration));

    /// <summary>The 20-bit raw value nearest to a pressure, at the fine temperature that the driver will see.</summary>
    public static int Pressure(double pascals, double fine, Bme280Calibration calibration) =>
        Nearest(pascals, 20, new PressureCurve(fine, calibration));

    /// <summary>The 16-bit raw value nearest to a humidity, at the fine temperature that the driver will see.</summary>
    public static int Humidity(double percent, double fine, Bme280Calibration calibration) =>
        Nearest(percent, 16, new HumidityCurve(fine, calibration));

    private static int Nearest<TCurve>(double target, int bits, TCurve curve)
        where TCurve : struct, ICurve
    {
        int low = 0, high = (1 << bits) - 1;
        var rising = curve.At(high) > curve.At(low);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (curve.At(middle) < target == rising)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Abs(curve.At(low) - target) < Math.Abs(curve.At(high) - target) ? low : high;
    }

    private readonly struct TemperatureCurve(Bme280Calibration calibration) : ICurve
    {
        public double At(int raw) => Bme280Compensation.Temperature(Bme280Compensation.FineTemperature(raw, calibration));
    }

    private readonly struct PressureCurve(double fine, Bme280Calibration calibration) : ICurve
    {
        public double At(int raw) => Bme280Compensation.Pressure(raw, fine, calibration);
    }

    private readonly struct HumidityCurve(double fine, Bme280Calibration calibration) : ICurve
    {
        public double At(int raw) => Bme280Compensation.Humidity(raw, fine, calibration);
    }
}
