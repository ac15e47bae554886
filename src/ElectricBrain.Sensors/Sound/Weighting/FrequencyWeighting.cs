namespace ElectricBrain.Sensors.Sound.Weighting;

/// <summary>How loud the frequencies count in a level (IEC 61672-1, annex E).</summary>
public enum FrequencyWeighting
{
    /// <summary>As the ear hears moderate sound: low frequencies count little. What noise limits are given in.</summary>
    A,

    /// <summary>Almost even between 63 Hz and 4 kHz; for loud sound, and beside A to show how much of it is low.</summary>
    C,

    /// <summary>Even from 16 Hz to 20 kHz; only what is no sound (below 8 Hz, the offset of the converter) is removed.</summary>
    Z,
}
