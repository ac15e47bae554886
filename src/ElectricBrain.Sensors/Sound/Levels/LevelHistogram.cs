namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>How often levels occurred, in classes of 0.1 dB.</summary>
internal sealed class LevelHistogram
{
    private const double Lowest = -50;
    private const double Highest = 200;
    private const double ClassesPerDecibel = 10;

    private readonly int[] _counts = new int[(int)((Highest - Lowest) * ClassesPerDecibel) + 1];
    private int _total;

    /// <summary>Counts a level; one outside the range counts at its end.</summary>
    public void Add(double decibels)
    {
        _counts[(int)Math.Round((Math.Clamp(decibels, Lowest, Highest) - Lowest) * ClassesPerDecibel)]++;
        _total++;
    }

    /// <summary>The level that is exceeded for a percentage of the time, at least one level having been counted.</summary>
    public double ExceededFor(double percent)
    {
        var wanted = percent / 100 * _total;
        var above = 0;
        for (var index = _counts.Length - 1; ; index--)
        {
            above += _counts[index];
            if (above >= wanted || index == 0)
            {
                return Lowest + index / ClassesPerDecibel;
            }
        }
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _total = 0;
    }
}
