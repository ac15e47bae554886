using System.Text.Json;

namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>A calibration as a JSON file. It is replaced in one step: after a power cut there is the old one or the new one.</summary>
public static class Mics6814CalibrationFile
{
    private const string Remedy = "Correct it, or delete the file and calibrate again.";

    /// <summary>Reads a calibration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file is no calibration; the message names the file, the field and the remedy.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async ValueTask<Mics6814Calibration?> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return Parse(bytes, path);
    }

    /// <summary>Writes a calibration, in place of the one that the file may have.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="calibration">The calibration.</param>
    /// <param name="cancellationToken">Gives up; the file is then as it was.</param>
    /// <exception cref="ArgumentException">A resistance is none that the board can measure.</exception>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static async ValueTask SaveAsync(string path, Mics6814Calibration calibration, CancellationToken cancellationToken = default)
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
        var temporary = $"{Path.GetFullPath(path)}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await WriteAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(document, Mics6814JsonContext.Default.Mics6814CalibrationDocument), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    internal static Mics6814Calibration Parse(ReadOnlySpan<byte> json, string path)
    {
        Mics6814CalibrationDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, Mics6814JsonContext.Default.Mics6814CalibrationDocument);
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } found ? $"field '{found[2..]}'" : "the text";
            throw new InvalidDataException($"{path}, line {exception.LineNumber + 1}: {field} is not as in a calibration of a MICS6814. {Remedy}", exception);
        }

        return new Mics6814Calibration
        {
            OxidisingOhms = Ohms(document?.OxidisingOhms, "oxidisingOhms", path),
            ReducingOhms = Ohms(document?.ReducingOhms, "reducingOhms", path),
            AmmoniaOhms = Ohms(document?.AmmoniaOhms, "ammoniaOhms", path),
            CalibratedAt = document?.CalibratedAt ?? throw Missing("calibratedAt", path),
        };
    }

    private static async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static double Ohms(double? value, string field, string path)
    {
        var ohms = value ?? throw Missing(field, path);
        return Mics6814Calibration.IsPlausible(ohms)
            ? ohms
            : throw new InvalidDataException($"{path}: field '{field}' is {ohms}, which is not between {Mics6814Divider.MinimumOhms} and {Mics6814Divider.MaximumOhms} ohm. {Remedy}");
    }

    private static InvalidDataException Missing(string field, string path) => new($"{path}: field '{field}' is missing. {Remedy}");
}
