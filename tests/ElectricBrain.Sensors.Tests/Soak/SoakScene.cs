using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>Surroundings that always change: slowly where air does, at once where a lamp is switched or a hand comes near.</summary>
internal sealed class SoakScene(int seed) : EnviroScene
{
    private static readonly long LampPeriod = TimeSpan.FromSeconds(7).Ticks;
    private static readonly long HandPeriod = TimeSpan.FromSeconds(3).Ticks;

    public override EnviroConditions At(DateTimeOffset time)
    {
        var seconds = time.UtcTicks % TimeSpan.FromDays(100).Ticks / (double)TimeSpan.TicksPerSecond;
        var day = Math.Sin(seconds / 310);
        var hour = Math.Sin(seconds / 470 + seed);
        return new EnviroConditions(
            TemperatureCelsius: 18 + 12 * day + hour,
            RelativeHumidityPercent: 50 - 30 * day + 3 * hour,
            PressurePascals: 100_000 + 4_000 * day + 300 * hour,
            IlluminanceLux: Math.Pow(10, 4.5 * Random(time.UtcTicks / LampPeriod)),
            ProximityCounts: Random(time.UtcTicks / HandPeriod + 1_000_000) is > 0.7 and var near ? (int)(2_300 * near) : 5)
        {
            Gas = new GasConcentrations(CarbonMonoxidePpm: 6 + 4 * hour, NitrogenDioxidePpm: 0.3 + 0.2 * day, AmmoniaPpm: 3 + 2 * hour),
            Particles = new ParticleConcentrations(20 + 10 * hour, 40 + 20 * hour, 60 + 30 * hour),
            SoundLevelDecibels = 55 + 20 * day,
        };
    }

    private double Random(long period)
    {
        var x = unchecked(((ulong)period + (ulong)seed) * 0x9E3779B97F4A7C15);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        return (x >> 11) * (1.0 / (1L << 53));
    }
}
