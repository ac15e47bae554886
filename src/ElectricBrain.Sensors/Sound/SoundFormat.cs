using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Sound;

/// <summary>The format of interleaved sound: a frame has one sample of each channel.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="Channels">Channels, 1 or 2.</param>
/// <param name="SampleRate">Frames a second: 44,100, 48,000, 88,200 or 96,000.</param>
public readonly record struct SoundFormat(SoundEncoding Encoding, int Channels, int SampleRate)
{
    /// <summary>What the microphone of an Enviro hat is recorded with.</summary>
    public static SoundFormat Enviro { get; } = new(SoundEncoding.S32, 2, 48_000);

    /// <summary>Bytes of one sample.</summary>
    public int BytesPerSample => Encoding switch
    {
        SoundEncoding.S16 => 2,
        SoundEncoding.S24Packed => 3,
        _ => 4,
    };

    /// <summary>Bytes of one frame.</summary>
    public int BytesPerFrame => Channels * BytesPerSample;

    /// <exception cref="ArgumentException">Levels cannot be measured in this format.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Encoding))
        {
            throw new ArgumentException($"{nameof(Encoding)} has the undefined value {Encoding}. Use one of {string.Join(", ", Enum.GetNames<SoundEncoding>())}.");
        }

        if (Channels is not (1 or 2))
        {
            throw new ArgumentException($"{nameof(Channels)} is {Channels}. Use 1 or 2.");
        }

        WeightingFilter.ThrowIfUnsupported(SampleRate);
    }
}
