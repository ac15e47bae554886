namespace ElectricBrain.Telemetry.Outbox;

/// <summary>The outbox belongs to another running process.</summary>
public sealed class OutboxInUseException : IOException
{
    internal OutboxInUseException(string directory, int? processId, Exception inner)
        : base(
            $"The outbox {directory} is in use by {(processId is { } pid ? $"process {pid}" : "another process")}; stop that process or choose another outbox directory.",
            inner)
    {
        Directory = directory;
        ProcessId = processId;
    }

    /// <summary>The directory of the outbox.</summary>
    public string Directory { get; }

    /// <summary>The process that uses it; null when it could not be told.</summary>
    public int? ProcessId { get; }
}
