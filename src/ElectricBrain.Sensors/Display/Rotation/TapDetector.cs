namespace ElectricBrain.Sensors.Display.Rotation;

/// <summary>
/// Finds taps in proximity counts: something comes near, and went away before. What stays near, such as a window or a wall,
/// becomes the background that taps rise above.
/// </summary>
/// <param name="threshold">How far counts rise above the background for something to be near; below half of it, it is gone.</param>
internal sealed class TapDetector(int threshold)
{
    /// <summary>Two taps are not closer: what is shorter is one finger that trembles.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(400);

    /// <summary>How fast the background follows slow changes, such as the light of day.</summary>
    private static readonly TimeSpan BackgroundTime = TimeSpan.FromSeconds(30);

    /// <summary>What is near for longer belongs to the background.</summary>
    private static readonly TimeSpan LongestTouch = TimeSpan.FromSeconds(10);

    private double? _background;
    private TimeSpan _at;
    private TimeSpan _nearSince;
    private TimeSpan? _lastTap;

    /// <summary>Whether something is near.</summary>
    public bool IsNear { get; private set; }

    /// <summary>Takes the next counts.</summary>
    /// <param name="now">The time, on a clock that only goes forward.</param>
    /// <param name="counts">The counts; larger is nearer.</param>
    /// <returns>Whether this is a tap.</returns>
    public bool Observe(TimeSpan now, int counts)
    {
        var background = Background(now, counts);
        if (IsNear)
        {
            IsNear = counts >= background + threshold / 2.0;
            return false;
        }

        IsNear = counts >= background + threshold;
        if (!IsNear)
        {
            return false;
        }

        _nearSince = now;
        var isTap = _lastTap is not { } last || now - last >= Debounce;
        _lastTap = now;
        return isTap;
    }

    private double Background(TimeSpan now, int counts)
    {
        var elapsed = now - _at;
        _at = now;
        if (_background is not { } background || counts < background || (IsNear && now - _nearSince > LongestTouch))
        {
            _background = counts;
        }
        else if (!IsNear && counts < background + threshold)
        {
            _background = background + (counts - background) * (1 - Math.Exp(-elapsed / BackgroundTime));
        }

        return _background.Value;
    }
}
