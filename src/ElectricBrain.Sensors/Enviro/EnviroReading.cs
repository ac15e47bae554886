using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>
/// One reading of an Enviro hat. A value that cannot be trusted is null; the health of its sensor tells why. Values of sensors
/// that were not asked for are null, too.
/// </summary>
public readonly record struct EnviroReading
{
    /// <summary>When the reading was completed.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The sensors that were asked for.</summary>
    public EnviroSensors Sensors { get; init; }

    /// <summary>
    /// Temperature in °C: of the room where <see cref="EnviroHatOptions.HeatCompensation"/> is given, else of the BME280, which
    /// next to a computer is warmer.
    /// </summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Relative humidity at <see cref="TemperatureCelsius"/> in %; null where the compensation brings it above 100.</summary>
    public double? RelativeHumidityPercent { get; init; }

    /// <summary>Temperature of the BME280 in °C, where <see cref="TemperatureCelsius"/> is compensated.</summary>
    public double? RawTemperatureCelsius { get; init; }

    /// <summary>Relative humidity at the BME280 in %, where <see cref="RelativeHumidityPercent"/> is compensated.</summary>
    public double? RawRelativeHumidityPercent { get; init; }

    /// <summary>Temperature of the processor in °C, averaged, where <see cref="TemperatureCelsius"/> is compensated for its heat.</summary>
    public double? CpuTemperatureCelsius { get; init; }

    /// <summary>Air pressure at the place of the hat (not reduced to sea level) in Pa.</summary>
    public double? PressurePascals { get; init; }

    /// <summary>Air pressure reduced to sea level in Pa (WMO-No. 8), where <see cref="EnviroHatOptions.AltitudeMetres"/> is given.</summary>
    public double? SeaLevelPressurePascals { get; init; }

    /// <summary>Illuminance in lx.</summary>
    public double? IlluminanceLux { get; init; }

    /// <summary>Reflected infrared light, 0 to 2047; larger is nearer.</summary>
    public int? ProximityCounts { get; init; }

    /// <summary>The gas sensor. While it warms up it has resistances, but no ratios.</summary>
    public Mics6814Reading? Gas { get; init; }

    /// <summary>The particles; there are none until the fan has run for 30 s.</summary>
    public Pms5003Reading? Particles { get; init; }

    /// <summary>The sound levels of the latest complete interval of <see cref="EnviroHatOptions.Sound"/>.</summary>
    public SoundLevels? Sound { get; init; }

    /// <summary>Whether the values come from a simulation.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Health of the sensor of temperature, humidity and pressure.</summary>
    public SensorHealth Bme280 { get; init; }

    /// <summary>Health of the sensor of illuminance and proximity.</summary>
    public SensorHealth Ltr559 { get; init; }

    /// <summary>Health of the gas sensor; null where the board has none, or its pins cannot be reached.</summary>
    public SensorHealth? Mics6814 { get; init; }

    /// <summary>Health of the particle sensor; null where <see cref="EnviroHatOptions.Pms5003"/> says that none is plugged in.</summary>
    public SensorHealth? Pms5003 { get; init; }

    /// <summary>Health of the microphone; null where <see cref="EnviroHatOptions.Sound"/> does not ask for it.</summary>
    public SensorHealth? Microphone { get; init; }

    /// <summary>Health of the processor's thermometer; null where the temperature is not compensated.</summary>
    public SensorHealth? Cpu { get; init; }

    /// <summary>
    /// The sensors that have yet to deliver their first trustworthy value. The gas sensor needs ten minutes for it, the particle
    /// sensor half a minute.
    /// </summary>
    public EnviroSensors WarmingUp =>
        (Bme280.State == SensorState.WarmingUp ? EnviroSensors.Bme280 : 0)
        | (Ltr559.State == SensorState.WarmingUp ? EnviroSensors.Ltr559 : 0)
        | (Mics6814?.State == SensorState.WarmingUp ? EnviroSensors.Mics6814 : 0)
        | (Pms5003?.State == SensorState.WarmingUp ? EnviroSensors.Pms5003 : 0)
        | (Microphone?.State == SensorState.WarmingUp ? EnviroSensors.Microphone : 0);

    /// <summary>
    /// The temperature in °C at which the air would be saturated, over water (Alduchov and Eskridge 1996); null for dry air. The
    /// heat of a computer does not change it.
    /// </summary>
    public double? DewPointCelsius => WaterVapour.DewPointCelsius(RawTemperatureCelsius ?? TemperatureCelsius, RawRelativeHumidityPercent ?? RelativeHumidityPercent);

    /// <summary>The mass of water vapour in g/m³.</summary>
    public double? AbsoluteHumidityGramsPerCubicMetre => WaterVapour.GramsPerCubicMetre(TemperatureCelsius, RelativeHumidityPercent);

    /// <summary>
    /// Heat index of the US National Weather Service in °C, for shade and light wind; null below 26.7 °C and beyond its chart
    /// (Rothfusz 1990, with the adjustments of the Weather Prediction Center).
    /// </summary>
    public double? HeatIndexCelsius => Comfort.HeatIndexCelsius(TemperatureCelsius, RelativeHumidityPercent);

    /// <summary>
    /// Humidex of the Meteorological Service of Canada, without a unit; null below 20 °C and where it is not above the temperature
    /// (Masterton and Richardson 1979).
    /// </summary>
    public double? Humidex => Comfort.Humidex(TemperatureCelsius, DewPointCelsius);

    /// <summary>
    /// Apparent temperature of the Australian Bureau of Meteorology in °C, for shade without wind, as in a room (Steadman 1994).
    /// </summary>
    public double? ApparentTemperatureCelsius => Comfort.ApparentCelsius(TemperatureCelsius, RelativeHumidityPercent);
}
