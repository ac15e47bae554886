namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Which values are too low or too high, and who says so.</summary>
/// <param name="LowBelow">Values below are low; null where none is.</param>
/// <param name="HighAbove">Values above are high; null where none is.</param>
/// <param name="Source">Where the limits come from.</param>
internal sealed record Levels(double? LowBelow, double? HighAbove, string Source)
{
    public Level Of(double value) => value < LowBelow ? Level.Low : value > HighAbove ? Level.High : Level.Normal;
}

/// <summary>What a value is by its limits.</summary>
internal enum Level
{
    /// <summary>There are no limits.</summary>
    None,

    /// <summary>Too low.</summary>
    Low,

    /// <summary>Between the limits.</summary>
    Normal,

    /// <summary>Too high.</summary>
    High,
}
