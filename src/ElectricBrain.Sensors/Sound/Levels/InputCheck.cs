using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>Tells sound from what a broken or overloaded microphone delivers.</summary>
internal sealed class InputCheck(int sampleRate)
{
    // The upper end of 16 bits; of more bits, a converter may leave out the lower ones.
    private const double Rail = 32_767.0 / 32_768;
    private const int ClippedRun = 3;

    // The noise of a microphone never rests this long.
    private readonly int _stuckRun = sampleRate / 100;
    private double _last = double.NaN;
    private int _equalRun;
    private int _railRun;
    private int _longestEqualRun;
    private int _longestRailRun;

    /// <summary>Whether the samples do not change now.</summary>
    public bool IsAtRest => _equalRun >= _stuckRun;

    /// <summary>What keeps the interval from being a measurement.</summary>
    public SensorFault Fault =>
        _longestEqualRun >= _stuckRun ? SensorFault.Stuck
        : _longestRailRun >= ClippedRun ? SensorFault.Overload
        : SensorFault.None;

    /// <summary>What to tell of a fault.</summary>
    public static string Message(SensorFault fault) => fault == SensorFault.Stuck
        ? "The microphone delivers silence or a constant, which no room has. Check the channel, that the capture is not muted, and the overlay (dtoverlay=adau7002-simple)."
        : "The sound exceeds what the microphone can measure (clipped samples). Move it away from the source, or lower the capture gain.";

    /// <summary>Takes the next samples.</summary>
    public void Add(ReadOnlySpan<double> samples)
    {
        var (last, equalRun, railRun) = (_last, _equalRun, _railRun);
        var (longestEqualRun, longestRailRun) = (_longestEqualRun, _longestRailRun);
        foreach (var sample in samples)
        {
            equalRun = sample == last ? equalRun + 1 : 0;
            railRun = Math.Abs(sample) >= Rail ? railRun + 1 : 0;
            longestEqualRun = Math.Max(longestEqualRun, equalRun);
            longestRailRun = Math.Max(longestRailRun, railRun);
            last = sample;
        }

        (_last, _longestEqualRun, _longestRailRun) = (last, longestEqualRun, longestRailRun);
        // A microphone may rest for months.
        (_equalRun, _railRun) = (Math.Min(equalRun, _stuckRun), Math.Min(railRun, ClippedRun));
    }

    /// <summary>Starts an interval; a run goes on into it.</summary>
    public void StartInterval()
    {
        _longestEqualRun = _equalRun;
        _longestRailRun = _railRun;
    }
}
