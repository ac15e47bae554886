using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Simulation.Chips;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>Compares readings with what the scene was at their time, and counts.</summary>
internal sealed class SoakTruth(SoakHat hat, DateTimeOffset bootedAt)
{
    /// <summary>How old a value of the light sensor may be: two of its measurements.</summary>
    private static readonly TimeSpan LightAge = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(50);

    /// <summary>How old a frame of the particle sensor may be.</summary>
    private static readonly TimeSpan FrameAge = TimeSpan.FromSeconds(13);

    /// <summary>Values that were there, by sensor.</summary>
    public long Climate { get; private set; }

    public long Light { get; private set; }

    public long Gas { get; private set; }

    public long Particles { get; private set; }

    /// <summary>What is wrong with a reading; null when all that it shows is true.</summary>
    public string? Check(in SoakReading reading, DateTimeOffset from, DateTimeOffset to) =>
        CheckClimate(reading, from, to) ?? CheckLight(reading, from, to) ?? CheckGas(reading, from, to) ?? CheckParticles(reading, to);

    private string? CheckClimate(in SoakReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        if (reading.Climate is not { } climate)
        {
            return null;
        }

        Climate++;
        // The normal mode shows a measurement of up to 240 ms ago; the air does not change that fast.
        var (first, last) = (hat.Scene.At(from), hat.Scene.At(to));
        return Compare("temperature", climate.TemperatureCelsius, first.TemperatureCelsius, last.TemperatureCelsius, 0.01)
            ?? Compare("pressure", climate.PressurePascals, first.PressurePascals, last.PressurePascals, 4)
            ?? Compare("humidity", climate.RelativeHumidityPercent, first.RelativeHumidityPercent, last.RelativeHumidityPercent, 0.05);
    }

    private string? CheckLight(in SoakReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        if (reading.Light is not { } light)
        {
            return null;
        }

        Light++;
        var (lux, proximity) = (light.IlluminanceLux is null, light.ProximityCounts is null);
        for (var time = to; time >= from - LightAge && !(lux && proximity); time -= Tenth)
        {
            var truth = hat.Scene.At(time);
            lux |= Math.Abs(light.IlluminanceLux - truth.IlluminanceLux ?? 0) <= 2.6 + 0.003 * truth.IlluminanceLux;
            proximity |= light.ProximityCounts == truth.ProximityCounts;
        }

        return lux && proximity ? null : $"illuminance {light.IlluminanceLux}, proximity {light.ProximityCounts} where it was {hat.Scene.At(to)}";
    }

    private string? CheckGas(in SoakReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        if (reading.Gas is not { } gas)
        {
            return null;
        }

        Gas++;
        return CompareOhms("oxidising", gas.Oxidising.Ohms, 0, from, to) ?? CompareOhms("reducing", gas.Reducing.Ohms, 1, from, to) ?? CompareOhms("ammonia", gas.Ammonia.Ohms, 2, from, to);
    }

    private string? CompareOhms(string element, double? ohms, int pin, DateTimeOffset from, DateTimeOffset to)
    {
        const double Step = 0.0021;
        var (first, last) = (hat.Elements.VoltageAt(pin, from), hat.Elements.VoltageAt(pin, to));
        return ohms is not { } value ? null : Compare(element, Mics6814Divider.Volts(value), first, last, Step);
    }

    private string? CheckParticles(in SoakReading reading, DateTimeOffset to)
    {
        if (reading.Particles is not { } particles)
        {
            return null;
        }

        Particles++;
        var shown = particles.Atmospheric;
        var oldest = to - FrameAge > bootedAt ? to - FrameAge : bootedAt;
        var (now, before) = (hat.Scene.At(to).Particles, hat.Scene.At(oldest).Particles);
        var middle = hat.Scene.At(oldest + (to - oldest) / 2).Particles;
        const double Rounding = 1.1;
        return Compare("PM1", shown.Pm1MicrogramsPerCubicMetre, now.Pm1MicrogramsPerCubicMetre, before.Pm1MicrogramsPerCubicMetre, Rounding)
            ?? Compare("PM2.5", shown.Pm25MicrogramsPerCubicMetre, now.Pm25MicrogramsPerCubicMetre, before.Pm25MicrogramsPerCubicMetre, Rounding)
            ?? Compare("PM10", shown.Pm10MicrogramsPerCubicMetre, now.Pm10MicrogramsPerCubicMetre, before.Pm10MicrogramsPerCubicMetre, Rounding)
            ?? (particles.Standard == shown && Math.Abs(particles.Counts.Above300Nanometres - 100 - 150 * shown.Pm25MicrogramsPerCubicMetre) <= 0
                ? null
                : $"particles {particles} where it was {middle}");
    }

    private static string? Compare(string quantity, double? value, double first, double second, double tolerance) =>
        value is null || (value >= Math.Min(first, second) - tolerance && value <= Math.Max(first, second) + tolerance)
            ? null
            : $"{quantity} {value} where it was {first} to {second}";
}
