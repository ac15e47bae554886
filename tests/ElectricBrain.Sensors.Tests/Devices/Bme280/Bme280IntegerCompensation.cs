using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

/// <summary>The datasheet's other arithmetic (section 4.2.3: 32 and 64 bit integers), to hold the double precision one against.</summary>
internal static class Bme280IntegerCompensation
{
    public static int FineTemperature(int raw, Bme280Calibration c)
    {
        var linear = ((raw >> 3) - (c.T1 << 1)) * c.T2 >> 11;
        var offset = (raw >> 4) - c.T1;
        return linear + ((offset * offset >> 12) * c.T3 >> 14);
    }

    /// <summary>In hundredths of a degree Celsius.</summary>
    public static int Temperature(int fine) => fine * 5 + 128 >> 8;

    /// <summary>In 1/256 Pa.</summary>
    public static uint Pressure(int raw, int fine, Bme280Calibration c)
    {
        long t = fine - 128000L;
        var offset = t * t * c.P6 + (t * c.P5 << 17) + ((long)c.P4 << 35);
        var scale = (t * t * c.P3 >> 8) + (t * c.P2 << 12);
        scale = ((1L << 47) + scale) * c.P1 >> 33;
        if (scale == 0)
        {
            return 0;
        }

        var p = (((1048576L - raw) << 31) - offset) * 3125 / scale;
        var square = c.P9 * (p >> 13) * (p >> 13) >> 25;
        var proportional = c.P8 * p >> 19;
        return (uint)((p + square + proportional >> 8) + ((long)c.P7 << 4));
    }

    /// <summary>In 1/1024 %.</summary>
    public static uint Humidity(int raw, int fine, Bme280Calibration c)
    {
        var t = fine - 76800;
        var difference = (raw << 14) - (c.H4 << 20) - c.H5 * t + 16384 >> 15;
        var slope = (((t * c.H6 >> 10) * ((t * c.H3 >> 11) + 32768) >> 10) + 2097152) * c.H2 + 8192 >> 14;
        var humidity = difference * slope;
        humidity -= ((humidity >> 15) * (humidity >> 15) >> 7) * c.H1 >> 4;
        return (uint)Math.Clamp(humidity, 0, 419430400) >> 12;
    }
}
