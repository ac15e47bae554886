using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>Compares readings with what the scene was at their time, and counts.</summary>
internal sealed class SoakTruth(SoakHat hat, SoakTolerance tolerance)
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
    public string? Check(in EnviroReading reading, DateTimeOffset from, DateTimeOffset to) =>
        CheckClimate(reading, from, to) ?? CheckLight(reading, from, to) ?? CheckGas(reading, from, to) ?? CheckParticles(reading, to);

    private string? CheckClimate(in EnviroReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        Climate += reading.TemperatureCelsius is null ? 0 : 1;
        // In normal mode a measurement is up to two of its times old, a quarter of a second at most.
        var (first, last) = (hat.Scene.At(from - TimeSpan.FromMilliseconds(250)), hat.Scene.At(to));
        return Compare("temperature", reading.TemperatureCelsius, first.TemperatureCelsius, last.TemperatureCelsius, tolerance.Celsius)
            ?? Compare("pressure", reading.PressurePascals, first.PressurePascals, last.PressurePascals, tolerance.Pascals)
            ?? Compare("humidity", reading.RelativeHumidityPercent, first.RelativeHumidityPercent, last.RelativeHumidityPercent, tolerance.HumidityPercent);
    }

    private string? CheckLight(in EnviroReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        Light += reading.IlluminanceLux is null && reading.ProximityCounts is null ? 0 : 1;
        var (lux, proximity) = (reading.IlluminanceLux is null, reading.ProximityCounts is null);
        for (var time = to; time >= from - LightAge && !(lux && proximity); time -= Tenth)
        {
            var truth = hat.Scene.At(time);
            lux |= Math.Abs(reading.IlluminanceLux - truth.IlluminanceLux ?? 0) <= tolerance.Lux + tolerance.LightShare * truth.IlluminanceLux;
            proximity |= Math.Abs(reading.ProximityCounts - truth.ProximityCounts ?? 0) <= tolerance.ProximityCounts;
        }

        return lux && proximity ? null : $"illuminance {reading.IlluminanceLux}, proximity {reading.ProximityCounts} where it was {hat.Scene.At(to)}";
    }

    private string? CheckGas(in EnviroReading reading, DateTimeOffset from, DateTimeOffset to)
    {
        if (reading.Gas is not { } gas)
        {
            return null;
        }

        Gas += gas.IsWarmingUp ? 0 : 1;
        return CompareVolts("oxidising", gas.Oxidising.Ohms, 0, from, to) ?? CompareVolts("reducing", gas.Reducing.Ohms, 1, from, to) ?? CompareVolts("ammonia", gas.Ammonia.Ohms, 2, from, to);
    }

    private string? CompareVolts(string element, double? ohms, int pin, DateTimeOffset from, DateTimeOffset to)
    {
        const double Step = 0.0021;
        var elements = hat.Simulated.Mics6814;
        return ohms is { } value ? Compare(element, Mics6814Divider.Volts(value), elements.VoltageAt(pin, from), elements.VoltageAt(pin, to), Step) : null;
    }

    private string? CheckParticles(in EnviroReading reading, DateTimeOffset to)
    {
        if (reading.Particles is not { } particles)
        {
            return null;
        }

        Particles++;
        var shown = particles.Atmospheric;
        var (now, before) = (hat.Scene.At(to).Particles, hat.Scene.At(to - FrameAge).Particles);
        const double Rounding = 1.1;
        return Compare("PM1", shown.Pm1MicrogramsPerCubicMetre, now.Pm1MicrogramsPerCubicMetre, before.Pm1MicrogramsPerCubicMetre, Rounding)
            ?? Compare("PM2.5", shown.Pm25MicrogramsPerCubicMetre, now.Pm25MicrogramsPerCubicMetre, before.Pm25MicrogramsPerCubicMetre, Rounding)
            ?? Compare("PM10", shown.Pm10MicrogramsPerCubicMetre, now.Pm10MicrogramsPerCubicMetre, before.Pm10MicrogramsPerCubicMetre, Rounding)
            ?? (particles.Standard == shown && particles.Counts.Above300Nanometres == 100 + 150 * shown.Pm25MicrogramsPerCubicMetre
                ? null
                : $"particles {particles}, whose parts do not belong together");
    }

    private static string? Compare(string quantity, double? value, double first, double second, double tolerance) =>
        value is null || (value >= Math.Min(first, second) - tolerance && value <= Math.Max(first, second) + tolerance)
            ? null
            : $"{quantity} {value} where it was {first} to {second}";
}
