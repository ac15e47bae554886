namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Where the readings are kept.</summary>
internal static class DataDirectory
{
    public static string Outbox(string directory) => Path.Combine(directory, "outbox");

    public static string Database(string directory) => Path.Combine(directory, "readings.db");

    public static string HeatObservations(string directory) => Path.Combine(directory, "heat.json");

    public static string GasCalibration(string directory) => Path.Combine(directory, "gas.json");

    /// <summary>Makes the directory, and makes sure that files can be made in it.</summary>
    /// <param name="option">The option that names it, without dashes.</param>
    /// <param name="directory">The directory.</param>
    /// <exception cref="AgentException">It cannot be used.</exception>
    public static void Prepare(string option, string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".probe-{Environment.ProcessId}");
            using var file = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(
                ExitCode.Store,
                $"The {option} directory {directory} cannot be written ({exception.Message.TrimEnd('.')}); give this user the right to it, or choose another with --{option} DIR.",
                exception);
        }
    }
}
