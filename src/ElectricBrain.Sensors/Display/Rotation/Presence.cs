namespace ElectricBrain.Sensors.Display.Rotation;

/// <summary>How bright a panel is, by how long nobody has been near it.</summary>
/// <param name="dimAfter">When it dims; null for never.</param>
/// <param name="dimmed">How bright it is then, 0 to 1.</param>
/// <param name="offAfter">When it goes off; null for never.</param>
internal sealed class Presence(TimeSpan? dimAfter, double dimmed, TimeSpan? offAfter)
{
    private TimeSpan _last;

    /// <summary>Somebody is near.</summary>
    public void Notice(TimeSpan now) => _last = now;

    /// <summary>The brightness, 0 to 1.</summary>
    public double BrightnessAt(TimeSpan now)
    {
        var alone = now - _last;
        return alone >= offAfter ? 0 : alone >= dimAfter ? dimmed : 1;
    }
}
