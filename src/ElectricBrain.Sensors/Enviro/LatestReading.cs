namespace ElectricBrain.Sensors.Enviro;

/// <summary>Puts readings of different sensors together.</summary>
internal static class LatestReading
{
    /// <summary>An older reading, with what a newer one of some of the sensors has to say.</summary>
    public static EnviroReading With(this in EnviroReading older, in EnviroReading newer)
    {
        var merged = newer with { Sensors = older.Sensors | newer.Sensors };
        if ((newer.Sensors & EnviroSensors.Bme280) == 0)
        {
            merged = merged with
            {
                TemperatureCelsius = older.TemperatureCelsius,
                RelativeHumidityPercent = older.RelativeHumidityPercent,
                RawTemperatureCelsius = older.RawTemperatureCelsius,
                RawRelativeHumidityPercent = older.RawRelativeHumidityPercent,
                CpuTemperatureCelsius = older.CpuTemperatureCelsius,
                PressurePascals = older.PressurePascals,
                SeaLevelPressurePascals = older.SeaLevelPressurePascals,
            };
        }

        if ((newer.Sensors & EnviroSensors.Ltr559) == 0)
        {
            merged = merged with { IlluminanceLux = older.IlluminanceLux, ProximityCounts = older.ProximityCounts };
        }

        return merged with
        {
            Gas = (newer.Sensors & EnviroSensors.Mics6814) != 0 ? newer.Gas : older.Gas,
            Particles = (newer.Sensors & EnviroSensors.Pms5003) != 0 ? newer.Particles : older.Particles,
            Sound = (newer.Sensors & EnviroSensors.Microphone) != 0 ? newer.Sound : older.Sound,
        };
    }
}
