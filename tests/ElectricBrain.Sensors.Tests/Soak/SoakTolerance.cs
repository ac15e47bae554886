namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>How far a value may be from the truth.</summary>
internal sealed record SoakTolerance(double Celsius, double Pascals, double HumidityPercent, double Lux, double LightShare, int ProximityCounts)
{
    /// <summary>One step of the chips at their lowest resolution, and what the air changes within a measurement.</summary>
    public static SoakTolerance Resolution { get; } = new(0.006, 3, 0.02, 2.6, 0.003, 0);

    /// <summary>What one wrong bit can change without being seen, as nothing on the bus shows it: less than the leap that is doubted.</summary>
    public static SoakTolerance Leap { get; } = new(0.21, 60, 0.9, 25, 0.06, 4);
}
