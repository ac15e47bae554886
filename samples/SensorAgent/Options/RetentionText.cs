namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>How long values are kept, as people write it: <c>30d</c>, or <c>forever</c>.</summary>
internal static class RetentionText
{
    /// <summary>How long single readings are kept by default.</summary>
    public static readonly TimeSpan DefaultReadings = TimeSpan.FromDays(30);

    /// <summary>How long the roll-ups of a minute are kept by default.</summary>
    public static readonly TimeSpan DefaultMinutes = TimeSpan.FromDays(365);

    /// <summary>Stands for no end.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    /// <summary>Reads a span of at least a day.</summary>
    public static bool TryParse(string text, out TimeSpan retention)
    {
        if (text == "forever")
        {
            retention = Forever;
            return true;
        }

        return IntervalText.TryParse(text, out retention) && retention >= TimeSpan.FromDays(1);
    }
}
