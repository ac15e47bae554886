namespace ElectricBrain.Sensors.Enviro;

/// <summary>The models of the hat.</summary>
public enum EnviroBoard
{
    /// <summary>Enviro, the mini: climate, light, microphone and display.</summary>
    EnviroMini,

    /// <summary>Enviro+: gases as well, and a connector for the particle sensor.</summary>
    EnviroPlus,
}
