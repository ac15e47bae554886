namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Where values are heading.</summary>
internal enum Trend
{
    /// <summary>There are too few values to tell.</summary>
    None,

    /// <summary>Up.</summary>
    Rising,

    /// <summary>Nowhere.</summary>
    Steady,

    /// <summary>Down.</summary>
    Falling,
}
