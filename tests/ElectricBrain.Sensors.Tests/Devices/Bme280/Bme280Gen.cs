using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

/// <summary>Calibrations around those of the chips that vectors are published for.</summary>
internal static class Bme280Gen
{
    public static readonly Gen<int> InRangeRawTemperature = Gen.Int[420_000, 640_000];

    public static readonly Gen<Bme280Calibration> Calibration =
        from temperature in Gen.Select(Gen.Int[27_000, 29_000], Gen.Int[25_500, 26_700], Gen.Int[-1_000, 400])
        from pressure in Gen.Select(Gen.Int[36_000, 39_500], Gen.Int[-10_900, -10_500], Gen.Int[2_800, 8_000], Gen.Int[-150, 150], Gen.Int[9_900, 15_500])
        from humidity in Gen.Select(Gen.Int[0, 100], Gen.Int[330, 390], Gen.Int[0, 20], Gen.Int[-150, 420], Gen.Int[-100, 100], Gen.Int[0, 40])
        select new Bme280Calibration(
            (ushort)temperature.Item1, (short)temperature.Item2, (short)temperature.Item3,
            (ushort)pressure.Item1, (short)pressure.Item2, 3024, (short)pressure.Item3, (short)pressure.Item4, -7, (short)pressure.Item5, -12_000, 5_000,
            (byte)humidity.Item1, (short)humidity.Item2, (byte)humidity.Item3, (short)humidity.Item4, (short)humidity.Item5, (sbyte)humidity.Item6);
}
