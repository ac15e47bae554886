namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Limits in raw counts; the interrupt is active for what lies outside (LTR-559 datasheet, registers 0x90 to 0x93 and 0x97 to 0x9A).</summary>
public sealed record Ltr559Thresholds
{
    /// <summary>What is below is outside.</summary>
    /// <value>Default 0: nothing is.</value>
    public int LowCounts { get; init; }

    /// <summary>What is above is outside; 65,535 at most for light and 2047 for proximity.</summary>
    public required int HighCounts { get; init; }

    /// <summary>How many measurements in a row must be outside, 1 to 16 (register 0x9E).</summary>
    /// <value>Default 1.</value>
    public int Persistence { get; init; } = 1;

    /// <exception cref="ArgumentException">They are not in order, or beyond what is measured.</exception>
    internal void Validate(string name, int fullScale)
    {
        if (LowCounts < 0 || LowCounts > HighCounts || HighCounts > fullScale)
        {
            throw new ArgumentException(
                $"{name} has {nameof(LowCounts)} {LowCounts} and {nameof(HighCounts)} {HighCounts}. They must be in order, and between 0 and {fullScale}.");
        }

        if (Persistence is < 1 or > 16)
        {
            throw new ArgumentException($"{name} has {nameof(Persistence)} {Persistence}. It must be 1 to 16.");
        }
    }
}
