using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;

namespace ElectricBrain.AotSmoke;

/// <summary>Reads a hat whose chips measure by themselves, which allocates nothing in optimized code.</summary>
internal static class SteadyReading
{
    private const int Readings = 1_000;

    public static async Task RunAsync()
    {
        var options = new EnviroHatOptions { Bme280 = new Bme280Settings { Mode = Bme280Mode.Normal }, AltitudeMetres = 420 };
        using var hat = EnviroHat.OpenOn(new SimulatedEnviro().Bus, options);
        await hat.ReadSettledAsync();
        var bytes = Measure(hat);
        if (bytes > 0)
        {
            throw new InvalidOperationException($"{Readings} readings allocated {bytes} bytes.");
        }
    }

    private static long Measure(EnviroHat hat)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Readings; i++)
        {
            var reading = hat.ReadAsync(EnviroSensors.All, CancellationToken.None);
            if (!reading.IsCompletedSuccessfully || reading.Result.SeaLevelPressurePascals is null)
            {
                throw new InvalidOperationException("The reading has waited, or has no values.");
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
