using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>One reading of an Enviro hat. A value that cannot be trusted is null; the health of its sensor tells why.</summary>
public readonly record struct EnviroReading
{
    /// <summary>When the reading was completed.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Temperature of the BME280 in °C. Next to a computer it is warmer than the room.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Relative humidity at <see cref="TemperatureCelsius"/> in %.</summary>
    public double? RelativeHumidityPercent { get; init; }

    /// <summary>Air pressure at the place of the hat (not reduced to sea level) in Pa.</summary>
    public double? PressurePascals { get; init; }

    /// <summary>Illuminance in lx.</summary>
    public double? IlluminanceLux { get; init; }

    /// <summary>Reflected infrared light, 0 to 2047; larger is nearer.</summary>
    public int? ProximityCounts { get; init; }

    /// <summary>Whether the values come from a simulation.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Health of the sensor of temperature, humidity and pressure.</summary>
    public SensorHealth Bme280 { get; init; }

    /// <summary>Health of the sensor of illuminance and proximity.</summary>
    public SensorHealth Ltr559 { get; init; }

    /// <summary>Whether a sensor has yet to deliver its first value.</summary>
    public bool IsWarmingUp => Bme280.State == SensorState.WarmingUp || Ltr559.State == SensorState.WarmingUp;
}
