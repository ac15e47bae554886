namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Secrets in files, such as Docker's and systemd's.</summary>
internal static class SecretFile
{
    /// <summary>The contents without the line's end.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="kind">What it should hold.</param>
    /// <exception cref="AgentException">It cannot be read.</exception>
    public static string Read(string option, string file, string kind)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(ExitCode.Usage, $"{option} {file} cannot be read ({exception.Message.TrimEnd('.')}); give a readable file with {kind}.", exception);
        }
    }
}
