namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>Raises what a microphone loses towards low frequencies: a zero at its corner, and a pole where the gain must end.</summary>
internal sealed class LowFrequencyEqualizer
{
    private readonly double _b0;
    private readonly double _b1;
    private readonly double _a1;
    private double _state;

    public LowFrequencyEqualizer(double cornerHertz, double downToHertz, int sampleRate)
    {
        var zero = Math.Tan(Math.PI * cornerHertz / sampleRate);
        var pole = Math.Tan(Math.PI * downToHertz / sampleRate);
        _b0 = (1 + zero) / (1 + pole);
        _b1 = (zero - 1) / (1 + pole);
        _a1 = (pole - 1) / (1 + pole);
    }

    /// <summary>Equalizes the next samples in place.</summary>
    public void Process(Span<double> samples)
    {
        var state = _state;
        foreach (ref var sample in samples)
        {
            var output = _b0 * sample + state;
            state = _b1 * sample - _a1 * output;
            sample = output;
        }

        _state = state;
    }

    /// <summary>Forgets all sound.</summary>
    public void Reset() => _state = 0;
}
