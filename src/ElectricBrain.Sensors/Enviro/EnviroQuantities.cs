namespace ElectricBrain.Sensors.Enviro;

/// <summary>The quantities of a reading by their name.</summary>
internal static class EnviroQuantities
{
    public const int Count = (int)EnviroQuantity.SoundLevel + 1;

    public static double? ValueOf(in EnviroReading reading, EnviroQuantity quantity) => quantity switch
    {
        EnviroQuantity.Temperature => reading.TemperatureCelsius,
        EnviroQuantity.RelativeHumidity => reading.RelativeHumidityPercent,
        EnviroQuantity.Pressure => reading.PressurePascals,
        EnviroQuantity.Illuminance => reading.IlluminanceLux,
        EnviroQuantity.Proximity => reading.ProximityCounts,
        EnviroQuantity.OxidisingResistance => reading.Gas is { IsWarmingUp: false } gas ? gas.Oxidising.Ohms : null,
        EnviroQuantity.ReducingResistance => reading.Gas is { IsWarmingUp: false } gas ? gas.Reducing.Ohms : null,
        EnviroQuantity.AmmoniaResistance => reading.Gas is { IsWarmingUp: false } gas ? gas.Ammonia.Ohms : null,
        EnviroQuantity.Pm1 => reading.Particles?.Atmospheric.Pm1MicrogramsPerCubicMetre,
        EnviroQuantity.Pm25 => reading.Particles?.Atmospheric.Pm25MicrogramsPerCubicMetre,
        EnviroQuantity.Pm10 => reading.Particles?.Atmospheric.Pm10MicrogramsPerCubicMetre,
        _ => reading.Sound?.A.Equivalent,
    };
}
