namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>The surroundings of a simulated hat, as a function of time.</summary>
public abstract class EnviroScene
{
    /// <summary>The conditions at an instant; the same instant has the same conditions.</summary>
    /// <param name="time">The instant, in the local time of the hat.</param>
    public abstract EnviroConditions At(DateTimeOffset time);

    /// <summary>A scene that never changes.</summary>
    public static EnviroScene Constant(EnviroConditions conditions) => new ConstantScene(conditions);

    private sealed class ConstantScene(EnviroConditions conditions) : EnviroScene
    {
        public override EnviroConditions At(DateTimeOffset time) => conditions;
    }
}
