using ElectricBrain.Sensors.Calibration;

namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// The observations of one hat and place as a JSON file, for <see cref="HeatCompensation.Fit"/>. It is replaced in one step: after a
/// power cut there is the old one or the new one.
/// </summary>
public static class HeatObservationFile
{
    private const string What = "observations of a computer's heat";

    /// <summary>Reads the observations.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>None when there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file holds something else; the message names the file, the field and the remedy.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async ValueTask<IReadOnlyList<HeatObservation>> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        await CalibrationFile.LoadAsync(path, HeatJsonContext.Default.HeatObservationsDocument, What, cancellationToken).ConfigureAwait(false) is { } document
            ? From(document, path)
            : [];

    /// <summary>Writes the observations, in place of those that the file may have.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="observations">The observations.</param>
    /// <param name="cancellationToken">Gives up; the file is then as it was.</param>
    /// <exception cref="ArgumentException">A temperature is none that air or a processor has.</exception>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static ValueTask SaveAsync(string path, IReadOnlyList<HeatObservation> observations, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(observations);
        var documents = new List<HeatObservationDocument>();
        foreach (var observation in observations)
        {
            if (!observation.IsPlausible)
            {
                throw new ArgumentException($"{observation} has temperatures that neither air nor a processor has.", nameof(observations));
            }

            documents.Add(new HeatObservationDocument
            {
                ReferenceCelsius = observation.ReferenceCelsius,
                MeasuredCelsius = observation.MeasuredCelsius,
                CpuCelsius = observation.CpuCelsius,
                TakenAt = observation.TakenAt,
            });
        }

        return CalibrationFile.SaveAsync(path, new HeatObservationsDocument { Observations = documents }, HeatJsonContext.Default.HeatObservationsDocument, cancellationToken);
    }

    internal static IReadOnlyList<HeatObservation> Parse(ReadOnlySpan<byte> json, string path) =>
        From(CalibrationFile.Parse(json, path, HeatJsonContext.Default.HeatObservationsDocument, What), path);

    private static List<HeatObservation> From(HeatObservationsDocument document, string path)
    {
        var observations = new List<HeatObservation>();
        foreach (var stored in document.Observations ?? throw CalibrationFile.Missing("observations", path))
        {
            var field = $"observations[{observations.Count}]";
            var observation = new HeatObservation(
                stored?.ReferenceCelsius ?? throw CalibrationFile.Missing($"{field}.referenceCelsius", path),
                stored.MeasuredCelsius ?? throw CalibrationFile.Missing($"{field}.measuredCelsius", path),
                stored.CpuCelsius ?? throw CalibrationFile.Missing($"{field}.cpuCelsius", path),
                stored.TakenAt ?? throw CalibrationFile.Missing($"{field}.takenAt", path));
            observations.Add(observation.IsPlausible
                ? observation
                : throw new InvalidDataException($"{path}: field '{field}' has temperatures that neither air nor a processor has. {CalibrationFile.Remedy}"));
        }

        return observations;
    }
}
