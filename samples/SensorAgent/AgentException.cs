namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The agent cannot go on; the message names the thing and the remedy.</summary>
internal sealed class AgentException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>One of <see cref="SensorAgent.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
