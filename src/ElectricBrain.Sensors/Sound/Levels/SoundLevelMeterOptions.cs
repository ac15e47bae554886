namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>How sound levels are measured.</summary>
public sealed record SoundLevelMeterOptions
{
    /// <summary>The time that one reading covers; a multiple of 10 ms, 100 ms to one day.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The channel that is measured, from 0. The microphone of an Enviro hat is on the left one, 0.</summary>
    /// <value>Default 0.</value>
    public int Channel { get; init; }

    /// <summary>The microphone.</summary>
    public Microphone Microphone { get; init; } = new();

    /// <summary>The calibration of this one microphone.</summary>
    /// <value>Default null: the levels have the uncertainty of the microphone's tolerance.</value>
    public SoundCalibration? Calibration { get; init; }

    /// <summary>Whether the octave bands are measured.</summary>
    /// <value>Default true.</value>
    public bool OctaveBands { get; init; } = true;

    internal void Validate(SoundFormat format)
    {
        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromDays(1) || Interval.Ticks % TimeSpan.FromMilliseconds(10).Ticks != 0)
        {
            throw new ArgumentException($"{nameof(Interval)} is {Interval}. Use a multiple of 10 ms between 100 ms and one day.");
        }

        if (Channel < 0 || Channel >= format.Channels)
        {
            throw new ArgumentException($"{nameof(Channel)} is {Channel}, but the sound has {format.Channels}. The first channel is 0.");
        }

        if (Microphone is null)
        {
            throw new ArgumentException($"{nameof(Microphone)} is null. Leave its default or describe the microphone.");
        }

        Microphone.Validate();
        Calibration?.Validate();
    }
}
