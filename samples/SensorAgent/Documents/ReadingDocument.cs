using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>One reading as JSON. A value that is not known is null, and the health of its sensor tells why.</summary>
internal sealed record ReadingDocument
{
    /// <summary>When the reading was completed, UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Seconds from the reading to the making of this document.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary>The machine.</summary>
    public required string Host { get; init; }

    /// <summary>The hat on it.</summary>
    public required string Device { get; init; }

    /// <summary>Whether the values come from a simulation.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Of the room where the heat of the computer is compensated, else of the chip.</summary>
    public required double? TemperatureCelsius { get; init; }

    public required double? RelativeHumidityPercent { get; init; }

    public required double? DewPointCelsius { get; init; }

    public required double? AbsoluteHumidityGramsPerCubicMetre { get; init; }

    /// <summary>How warm it feels without wind (Steadman).</summary>
    public required double? ApparentTemperatureCelsius { get; init; }

    /// <summary>The US National Weather Service's, from 26.7 °C on.</summary>
    public required double? HeatIndexCelsius { get; init; }

    /// <summary>The Meteorological Service of Canada's, from 20 °C on.</summary>
    public required double? Humidex { get; init; }

    /// <summary>Of the chip, where the temperature is compensated.</summary>
    public required double? RawTemperatureCelsius { get; init; }

    /// <summary>Averaged, where the temperature is compensated.</summary>
    public required double? CpuTemperatureCelsius { get; init; }

    public required double? PressurePascals { get; init; }

    /// <summary>Where the altitude is known.</summary>
    public required double? SeaLevelPressurePascals { get; init; }

    public required double? IlluminanceLux { get; init; }

    /// <summary>0 to 2047; larger is nearer.</summary>
    public required int? ProximityCounts { get; init; }

    public required GasDocument? Gas { get; init; }

    public required ParticlesDocument? Particles { get; init; }

    public required SoundDocument? Sound { get; init; }

    /// <summary>The health of each sensor that the hat has.</summary>
    public required IReadOnlyList<SensorDocument> Sensors { get; init; }

    public static ReadingDocument From(in EnviroReading reading, TimeSpan age, AgentOptions options) => new()
    {
        Timestamp = reading.Timestamp.UtcDateTime,
        AgeSeconds = Math.Round(age.TotalSeconds, 3),
        Host = options.HostName,
        Device = options.DeviceId,
        Simulated = reading.IsSimulated,
        TemperatureCelsius = reading.TemperatureCelsius,
        RelativeHumidityPercent = reading.RelativeHumidityPercent,
        DewPointCelsius = reading.DewPointCelsius,
        AbsoluteHumidityGramsPerCubicMetre = reading.AbsoluteHumidityGramsPerCubicMetre,
        ApparentTemperatureCelsius = reading.ApparentTemperatureCelsius,
        HeatIndexCelsius = reading.HeatIndexCelsius,
        Humidex = reading.Humidex,
        RawTemperatureCelsius = reading.RawTemperatureCelsius,
        CpuTemperatureCelsius = reading.CpuTemperatureCelsius,
        PressurePascals = reading.PressurePascals,
        SeaLevelPressurePascals = reading.SeaLevelPressurePascals,
        IlluminanceLux = reading.IlluminanceLux,
        ProximityCounts = reading.ProximityCounts,
        Gas = reading.Gas is { } gas ? GasDocument.From(gas) : null,
        Particles = reading.Particles is { } particles ? ParticlesDocument.From(particles.Atmospheric) : null,
        Sound = reading.Sound is { } sound ? SoundDocument.From(sound) : null,
        Sensors = SensorDocument.AllOf(reading),
    };
}
