namespace ElectricBrain.Swarm.Connections.Ssh;

/// <summary>An ssh connection did not come about, or ended early. The message says why and what to do.</summary>
internal sealed class SshException(string message, Exception? innerException = null) : IOException(message, innerException);
