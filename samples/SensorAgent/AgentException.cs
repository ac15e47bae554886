namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The agent cannot go on; the message names the thing and the remedy.</summary>
internal sealed class AgentException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>One of <see cref="SensorAgent.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Refuses arguments that do not fit.</summary>
    /// <exception cref="AgentException">The condition does not hold.</exception>
    public static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new AgentException(SensorAgent.ExitCode.Usage, problem);
        }
    }
}
