using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>The air of the room, as it follows from what the BME280 measures beside a processor.</summary>
internal readonly record struct Air(double? TemperatureCelsius, double? RelativeHumidityPercent, double? SeaLevelPressurePascals)
{
    public static Air From(Bme280Reading? measured, double? cpuCelsius, HeatCompensation? compensation, double? altitudeMetres)
    {
        if (measured is not { } raw)
        {
            return default;
        }

        // Heat does not change how much water is in the air: humidity follows from its vapour and the temperature of the room.
        var vapour = WaterVapour.Pascals(raw.TemperatureCelsius, raw.RelativeHumidityPercent);
        var (temperature, humidity) = (raw.TemperatureCelsius, raw.RelativeHumidityPercent);
        if (compensation is not null)
        {
            temperature = raw.TemperatureCelsius is { } celsius && cpuCelsius is { } cpu ? compensation.RoomCelsius(celsius, cpu) : null;
            humidity = WaterVapour.RelativeHumidityPercent(vapour, temperature);
        }

        return new Air(temperature, humidity, SeaLevelPressure.Pascals(raw.PressurePascals, altitudeMetres, temperature, vapour));
    }
}
