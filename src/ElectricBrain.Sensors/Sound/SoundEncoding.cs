namespace ElectricBrain.Sensors.Sound;

/// <summary>How a sample is stored; all are signed and little-endian.</summary>
public enum SoundEncoding
{
    /// <summary>16 bits.</summary>
    S16,

    /// <summary>24 bits in the lower three of four bytes, as ALSA's S24_LE; the upper byte is not looked at.</summary>
    S24,

    /// <summary>24 bits in three bytes, as in WAV files and ALSA's S24_3LE.</summary>
    S24Packed,

    /// <summary>32 bits.</summary>
    S32,
}
