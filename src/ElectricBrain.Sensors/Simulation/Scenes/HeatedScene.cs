using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>The air beside a processor: warmer than that of the room, with the same water in it.</summary>
internal sealed class HeatedScene(EnviroScene room, HeatCompensation coupling) : EnviroScene
{
    public override EnviroConditions At(DateTimeOffset time)
    {
        var air = room.At(time);
        if (air.CpuTemperatureCelsius is not { } cpu)
        {
            return air;
        }

        var celsius = coupling.HeatedCelsius(air.TemperatureCelsius, cpu);
        var vapour = air.RelativeHumidityPercent * WaterVapour.SaturationPascals(air.TemperatureCelsius);
        return air with { TemperatureCelsius = celsius, RelativeHumidityPercent = vapour / WaterVapour.SaturationPascals(celsius) };
    }
}
