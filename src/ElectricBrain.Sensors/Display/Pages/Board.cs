namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>What the pages show.</summary>
internal sealed class Board
{
    /// <summary>The time that the pages are drawn for, on a clock that only goes forward.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>Whether the values come from a simulation.</summary>
    public bool IsSimulated { get; set; }

    /// <summary>The time of the last reading.</summary>
    public TimeSpan ReadAt { get; set; }

    /// <summary>Whether nothing has been read for too long.</summary>
    public bool IsStale => Now - ReadAt > StaleAfter;

    /// <summary>How long is too long.</summary>
    public required TimeSpan StaleAfter { get; init; }

    /// <summary>The sensors of the hat.</summary>
    public required IReadOnlyList<SensorRow> Sensors { get; set; }

    /// <summary>Which of the pages is shown.</summary>
    public int PageIndex { get; set; }

    /// <summary>How many pages there are.</summary>
    public int PageCount { get; set; } = 1;
}
