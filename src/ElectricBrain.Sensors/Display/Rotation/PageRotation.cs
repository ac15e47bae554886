namespace ElectricBrain.Sensors.Display.Rotation;

/// <summary>Which of some pages is shown: the next one on request, or after a time.</summary>
/// <param name="period">After how long the next page comes by itself; null for never.</param>
internal sealed class PageRotation(TimeSpan? period)
{
    private TimeSpan _since;

    public int Index { get; private set; }

    public int Count { get; private set; } = 1;

    /// <summary>Shows a page of a number of them.</summary>
    public void Show(int index, int count, TimeSpan now) => (Index, Count, _since) = (index, count, now);

    /// <summary>Turns to the next page.</summary>
    public void Next(TimeSpan now) => Show((Index + 1) % Count, Count, now);

    /// <summary>Turns to the next page if it is time for it.</summary>
    /// <returns>Whether it was.</returns>
    public bool Tick(TimeSpan now)
    {
        if (period is not { } time || now - _since < time)
        {
            return false;
        }

        Next(now);
        return true;
    }
}
