namespace ElectricBrain.Sensors.Display.Dashboard;

/// <summary>What a dashboard shows, and how it is used.</summary>
public sealed class EnviroDashboardOptions
{
    /// <summary>The pages in their order.</summary>
    /// <value>Default: an overview, the temperature as a number, all graphs, levels, health.</value>
    public IReadOnlyList<EnviroPage> Pages { get; set; } =
    [
        EnviroPage.Overview, EnviroPage.TemperatureNumber, EnviroPage.TemperatureGraph, EnviroPage.HumidityGraph, EnviroPage.PressureGraph,
        EnviroPage.LightGraph, EnviroPage.SoundGraph, EnviroPage.GasGraph, EnviroPage.ParticleGraph, EnviroPage.Levels, EnviroPage.Health,
    ];

    /// <summary>The time that graphs, lowest and highest values go back.</summary>
    /// <value>Default 10 minutes.</value>
    public TimeSpan History { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Without a reading for so long, values are shown as missing. Longer than from one reading to the next.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many counts of proximity above the background are a tap.</summary>
    /// <value>Default 300: a hand some 5 cm away.</value>
    public int TapThreshold { get; set; } = 300;

    /// <summary>After how long the next page comes by itself; null for on a tap only.</summary>
    /// <value>Default null.</value>
    public TimeSpan? TurnPageAfter { get; set; }

    /// <summary>Dims the panel when nobody has been near for so long; null for never.</summary>
    /// <value>Default null.</value>
    public TimeSpan? DimAfter { get; set; }

    /// <summary>How bright the panel is when dimmed, 0 to 1.</summary>
    /// <value>Default 0.2.</value>
    public double DimmedBrightness { get; set; } = 0.2;

    /// <summary>Switches the panel off when nobody has been near for so long; null for never.</summary>
    /// <value>Default null.</value>
    public TimeSpan? OffAfter { get; set; }

    internal void Validate()
    {
        Require(Pages is { Count: > 0 } && Pages.All(Enum.IsDefined), nameof(Pages), Pages, "Name at least one page of the enumeration.");
        Require(History >= TimeSpan.FromSeconds(10) && History <= TimeSpan.FromDays(31), nameof(History), History, "It must be 10 seconds to 31 days.");
        Require(StaleAfter > TimeSpan.Zero, nameof(StaleAfter), StaleAfter, "It must be positive.");
        Require(TapThreshold is > 1 and <= 2047, nameof(TapThreshold), TapThreshold, "It must be 2 to 2047.");
        Require(TurnPageAfter is not { } turn || turn > TimeSpan.Zero, nameof(TurnPageAfter), TurnPageAfter, "It must be positive, or null.");
        Require(DimAfter is not { } dim || dim > TimeSpan.Zero, nameof(DimAfter), DimAfter, "It must be positive, or null.");
        Require(OffAfter is not { } off || off > TimeSpan.Zero, nameof(OffAfter), OffAfter, "It must be positive, or null.");
        Require(DimmedBrightness is > 0 and <= 1, nameof(DimmedBrightness), DimmedBrightness, "It must be above 0 and at most 1.");
    }

    private static void Require(bool condition, string name, object? value, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} is {value ?? "null"}. {rule}");
        }
    }
}
