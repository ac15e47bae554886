namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>Raw values to physical ones, in double precision (BME280 datasheet, appendix A).</summary>
internal static class Bme280Compensation
{
    private const double Two26 = 1 << 26;
    private const double Two31 = 1L << 31;

    /// <summary>The fine temperature that everything else is compensated with: 5120 to the degree.</summary>
    public static double FineTemperature(int raw, Bme280Calibration calibration)
    {
        var linear = (raw / 16384.0 - calibration.T1 / 1024.0) * calibration.T2;
        var offset = raw / 131072.0 - calibration.T1 / 8192.0;
        return linear + offset * offset * calibration.T3;
    }

    /// <summary>Temperature in °C.</summary>
    public static double Temperature(double fine) => fine / 5120.0;

    /// <summary>Pressure in Pa, not finite where the calibration makes none.</summary>
    public static double Pressure(int raw, double fine, Bme280Calibration calibration)
    {
        var t = fine / 2.0 - 64000.0;
        var offset = t * t * calibration.P6 / 32768.0 + t * calibration.P5 * 2.0;
        offset = offset / 4.0 + calibration.P4 * 65536.0;
        var scale = (calibration.P3 * t * t / 524288.0 + calibration.P2 * t) / 524288.0;
        scale = (1.0 + scale / 32768.0) * calibration.P1;
        var pressure = (1048576.0 - raw - offset / 4096.0) * 6250.0 / scale;
        return pressure + (calibration.P9 * pressure * pressure / Two31 + pressure * calibration.P8 / 32768.0 + calibration.P7) / 16.0;
    }

    /// <summary>Relative humidity in %. The formula overshoots in dew and in dry air; what is beyond 0 and 100 is exactly that.</summary>
    public static double Humidity(int raw, double fine, Bme280Calibration calibration)
    {
        var t = fine - 76800.0;
        var difference = raw - (calibration.H4 * 64.0 + calibration.H5 / 16384.0 * t);
        var slope = calibration.H2 / 65536.0 * (1.0 + calibration.H6 / Two26 * t * (1.0 + calibration.H3 / Two26 * t));
        var humidity = difference * slope;
        humidity *= 1.0 - calibration.H1 * humidity / 524288.0;
        return Math.Clamp(humidity, 0.0, 100.0);
    }
}
