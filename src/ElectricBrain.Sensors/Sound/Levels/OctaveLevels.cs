namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>Equivalent levels of the octave bands by their nominal middle frequencies (IEC 61260-1), unweighted, in dB re 20 µPa.</summary>
/// <param name="Hz31">22 to 45 Hz (nominally 31.5 Hz).</param>
/// <param name="Hz63">45 to 89 Hz.</param>
/// <param name="Hz125">89 to 178 Hz.</param>
/// <param name="Hz250">178 to 355 Hz.</param>
/// <param name="Hz500">355 to 708 Hz.</param>
/// <param name="Hz1000">708 to 1413 Hz.</param>
/// <param name="Hz2000">1413 to 2818 Hz.</param>
/// <param name="Hz4000">2818 to 5623 Hz.</param>
/// <param name="Hz8000">5.6 to 11.2 kHz.</param>
/// <param name="Hz16000">11.2 to 22.4 kHz; null at 44,100 Hz, which ends before the band does.</param>
public readonly record struct OctaveLevels(
    double Hz31,
    double Hz63,
    double Hz125,
    double Hz250,
    double Hz500,
    double Hz1000,
    double Hz2000,
    double Hz4000,
    double Hz8000,
    double? Hz16000);
