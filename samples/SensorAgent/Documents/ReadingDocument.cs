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

    public required double? TemperatureCelsius { get; init; }

    public required double? RelativeHumidityPercent { get; init; }

    public required double? PressurePascals { get; init; }

    public required double? IlluminanceLux { get; init; }

    /// <summary>0 to 2047; larger is nearer.</summary>
    public required int? ProximityCounts { get; init; }

    /// <summary>The health of each sensor.</summary>
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
        PressurePascals = reading.PressurePascals,
        IlluminanceLux = reading.IlluminanceLux,
        ProximityCounts = reading.ProximityCounts,
        Sensors = [SensorDocument.From("bme280", reading.Bme280), SensorDocument.From("ltr559", reading.Ltr559)],
    };
}
