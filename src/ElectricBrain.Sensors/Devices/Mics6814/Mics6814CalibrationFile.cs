using ElectricBrain.Sensors.Calibration;

namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>A calibration as a JSON file. It is replaced in one step: after a power cut there is the old one or the new one.</summary>
public static class Mics6814CalibrationFile
{
    private const string What = "a calibration of a MICS6814";

    /// <summary>Reads a calibration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file is no calibration; the message names the file, the field and the remedy.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async ValueTask<Mics6814Calibration?> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        await CalibrationFile.LoadAsync(path, Mics6814JsonContext.Default.Mics6814CalibrationDocument, What, cancellationToken).ConfigureAwait(false) is { } document
            ? From(document, path)
            : null;

    /// <summary>Writes a calibration, in place of the one that the file may have.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="calibration">The calibration.</param>
    /// <param name="cancellationToken">Gives up; the file is then as it was.</param>
    /// <exception cref="ArgumentException">A resistance is none that the board can measure.</exception>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static ValueTask SaveAsync(string path, Mics6814Calibration calibration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(calibration);
        calibration.Validate();
        var document = new Mics6814CalibrationDocument
        {
            OxidisingOhms = calibration.OxidisingOhms,
            ReducingOhms = calibration.ReducingOhms,
            AmmoniaOhms = calibration.AmmoniaOhms,
            CalibratedAt = calibration.CalibratedAt,
        };
        return CalibrationFile.SaveAsync(path, document, Mics6814JsonContext.Default.Mics6814CalibrationDocument, cancellationToken);
    }

    internal static Mics6814Calibration Parse(ReadOnlySpan<byte> json, string path) =>
        From(CalibrationFile.Parse(json, path, Mics6814JsonContext.Default.Mics6814CalibrationDocument, What), path);

    private static Mics6814Calibration From(Mics6814CalibrationDocument document, string path) => new()
    {
        OxidisingOhms = Ohms(document.OxidisingOhms, "oxidisingOhms", path),
        ReducingOhms = Ohms(document.ReducingOhms, "reducingOhms", path),
        AmmoniaOhms = Ohms(document.AmmoniaOhms, "ammoniaOhms", path),
        CalibratedAt = document.CalibratedAt ?? throw CalibrationFile.Missing("calibratedAt", path),
    };

    private static double Ohms(double? value, string field, string path)
    {
        var ohms = value ?? throw CalibrationFile.Missing(field, path);
        return Mics6814Calibration.IsPlausible(ohms)
            ? ohms
            : throw new InvalidDataException($"{path}: field '{field}' is {ohms}, which is not between {Mics6814Divider.MinimumOhms} and {Mics6814Divider.MaximumOhms} ohm. {CalibrationFile.Remedy}");
    }
}
