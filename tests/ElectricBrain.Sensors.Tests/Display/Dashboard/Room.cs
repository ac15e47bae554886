using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Display.Dashboard;

/// <summary>Readings of a room as they might be, the same in every run, second by second.</summary>
internal static class Room
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The reading of an Enviro+ with everything plugged in.</summary>
    public static EnviroReading At(int second)
    {
        var ok = new SensorHealth(SensorState.Ok, Start.AddHours(-3));
        return new EnviroReading
        {
            Timestamp = Start.AddSeconds(second),
            TemperatureCelsius = 22.4 + 1.3 * Wave(second, 800) + 0.08 * Wave(second, 13),
            RelativeHumidityPercent = 46 - 5 * Wave(second, 900) + 0.3 * Wave(second, 17),
            PressurePascals = 101_320 + 90 * Wave(second, 1700) + 4 * Wave(second, 11),
            IlluminanceLux = second % 400 < 90 ? 140 + 6 * Wave(second, 30) : 420 + 90 * Wave(second, 500),
            ProximityCounts = 6,
            Gas = new Mics6814Reading(Element(21_000 + 3_000 * Wave(second, 600)), Element(310_000 + 90_000 * Wave(second, 450)), Element(95_000 + 12_000 * Wave(second, 380)), IsWarmingUp: false),
            Particles = new Pms5003Reading(Mass(second), Mass(second), default),
            Sound = Sound(41 + 5 * Wave(second, 90) + 2.5 * Wave(second, 7) + (second % 210 < 15 ? 16 : 0)),
            Bme280 = ok,
            Ltr559 = ok with { Since = Start.AddMinutes(-42) },
            Mics6814 = ok with { Since = Start.AddMinutes(-50) },
            Pms5003 = ok with { Since = Start.AddSeconds(-20) },
            Microphone = ok with { Since = Start.AddDays(-2) },
        };
    }

    /// <summary>The reading of an Enviro without gases, particles and sound.</summary>
    public static EnviroReading Plain(int second) =>
        At(second) with { Gas = null, Particles = null, Sound = null, Mics6814 = null, Pms5003 = null, Microphone = null };

    /// <summary>Lets a dashboard see a reading every second.</summary>
    public static void Feed(EnviroDashboard dashboard, VirtualTimeProvider clock, int from, int to, Func<int, EnviroReading> reading)
    {
        for (var second = from; second < to; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            dashboard.Update(reading(second));
        }
    }

    private static double Wave(int second, double period) => Math.Sin(Math.Tau * second / period);

    private static Mics6814Element Element(double ohms) => new(ohms, null);

    private static Pms5003Mass Mass(int second)
    {
        var fine = 9 + 6 * Wave(second, 700) + 1.2 * Wave(second, 19);
        return new Pms5003Mass((int)(0.6 * fine), (int)fine, (int)(1.5 * fine + 4));
    }

    private static SoundLevels Sound(double level) => new() { A = new WeightedLevels(level, default, default, default) };
}
