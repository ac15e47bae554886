namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>A quantity that is measured, and how it is shown.</summary>
internal sealed record Measurand
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name where there is little room: five characters or so.</summary>
    public required string Label { get; init; }

    /// <summary>The unit of its values.</summary>
    public required string Unit { get; init; }

    /// <summary>Its colour.</summary>
    public required Rgb565 Colour { get; init; }

    /// <summary>The most decimals that it is shown with; the sensor knows no more.</summary>
    public int Decimals { get; init; }

    /// <summary>The digits that are enough, whichever of them are decimals.</summary>
    public int Digits { get; init; } = 3;

    /// <summary>The least that an axis spans, so that noise does not look like weather; a ratio on a logarithmic axis.</summary>
    public required double LeastSpan { get; init; }

    /// <summary>The least that an axis spans as a part of the largest value, where the noise grows with it.</summary>
    public double LeastShare { get; init; }

    /// <summary>Whether axes are logarithmic: what matters is by how many times a value changes.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>No value is below.</summary>
    public double Floor { get; init; } = double.NegativeInfinity;

    /// <summary>No value is above.</summary>
    public double Ceiling { get; init; } = double.PositiveInfinity;

    /// <summary>The values at both ends of a bar.</summary>
    public (double From, double To) Bar { get; init; }

    /// <summary>What is too low and too high; null where there is no rule.</summary>
    public Levels? Levels { get; init; }

    /// <summary>How many decimals a value is shown with.</summary>
    public int DecimalsOf(double value)
    {
        var whole = Math.Abs(value) < 1 ? 1 : (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        return Math.Clamp(Digits - whole, 0, Decimals);
    }

    public Level LevelOf(double value) => Levels?.Of(value) ?? Level.None;
}
