using System.Globalization;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Simulation.Chips;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>Our values of the recorded bytes, and digests of whole sweeps, to the last bit: two machines that print the same compute the same.</summary>
internal static class OurValues
{
    public static async Task PrintAsync()
    {
        foreach (var device in await PeerDevices.CreateAsync())
        {
            foreach (var (peerCase, value) in device.Cases.SelectMany(peerCase => peerCase.Values.Select(value => (peerCase, value))))
            {
                Console.WriteLine($"{device.Package}, {peerCase.Name}, {value.Quantity}: {Bits(value.Ours)}");
            }

            device.Dispose();
        }

        Console.WriteLine($"BME280 compensation: {Digest(Compensated())}");
        Console.WriteLine($"LTR559 illuminance: {Digest(Illuminances())}");
        Console.WriteLine($"MICS6814 concentrations: {Digest(Concentrations())}");
    }

    private static IEnumerable<double> Compensated()
    {
        var calibration = SimulatedBme280.TypicalCalibration with { H3 = 13, H4 = -77, H5 = -31 };
        for (var raw = 400_000; raw < 650_000; raw += 1_009)
        {
            var fine = Bme280Compensation.FineTemperature(raw, calibration);
            yield return Bme280Compensation.Temperature(fine);
            for (var other = 200_000; other < 700_000; other += 10_007)
            {
                yield return Bme280Compensation.Pressure(other, fine, calibration);
                yield return Bme280Compensation.Humidity(other / 16, fine, calibration);
            }
        }
    }

    private static IEnumerable<double> Illuminances() =>
        from channel0 in Enumerable.Range(0, 200)
        from channel1 in Enumerable.Range(0, 200)
        from gain in Enum.GetValues<Ltr559Gain>()
        select Ltr559Illuminance.FromCounts(channel0 * 327, channel1 * 327, gain, 150);

    private static IEnumerable<double> Concentrations() =>
        from gas in Enum.GetValues<Mics6814Gas>()
        from step in Enumerable.Range(1, 2_000)
        select Mics6814Curve.Of(gas).Ppm(step / 100.0);

    private static string Digest(IEnumerable<double> values)
    {
        // FNV-1a over 64 bits at a time; a cryptographic one would need OpenSSL on both machines.
        var (hash, count) = (0xCBF29CE484222325, 0);
        foreach (var value in values)
        {
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(value)) * 0x100000001B3;
            count++;
        }

        return $"{count} values, {hash:x16}";
    }

    private static string Bits(double? value) => value is { } number
        ? $"{BitConverter.DoubleToInt64Bits(number):x16} ({number.ToString("R", CultureInfo.InvariantCulture)})"
        : "none";
}
