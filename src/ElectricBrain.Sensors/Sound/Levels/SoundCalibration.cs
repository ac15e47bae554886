namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The result of a comparison with an acoustic calibrator or a reference meter.</summary>
/// <param name="OffsetDecibels">What is added to every level, in dB.</param>
/// <param name="UncertaintyDecibels">The uncertainty that remains, in ± dB.</param>
public readonly record struct SoundCalibration(double OffsetDecibels, double UncertaintyDecibels)
{
    /// <summary>The calibration that makes an uncalibrated meter show the reference.</summary>
    /// <param name="shown">What the meter showed without a calibration, in dB.</param>
    /// <param name="reference">What the calibrator gave or the reference meter showed, in dB.</param>
    /// <param name="uncertainty">The uncertainty of the reference, in ± dB.</param>
    public static SoundCalibration FromReference(double shown, double reference, double uncertainty = 0.5) => new(reference - shown, uncertainty);

    internal void Validate()
    {
        if (!(Math.Abs(OffsetDecibels) <= 60 && UncertaintyDecibels is >= 0 and <= 60))
        {
            throw new ArgumentException($"The calibration {OffsetDecibels} ± {UncertaintyDecibels} dB is none of a working microphone. Use an offset within ±60 dB and an uncertainty of 0 to 60 dB.");
        }
    }
}
