namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>One measurement of a BME280. A quantity that is skipped or outside the chip's range is null, never clamped.</summary>
/// <param name="TemperatureCelsius">Temperature of the chip in °C, -40 to 85.</param>
/// <param name="PressurePascals">Air pressure at the place of the chip in Pa, 30,000 to 110,000.</param>
/// <param name="RelativeHumidityPercent">Relative humidity at the temperature of the chip in %, 0 to 100.</param>
public readonly record struct Bme280Reading(double? TemperatureCelsius, double? PressurePascals, double? RelativeHumidityPercent);
