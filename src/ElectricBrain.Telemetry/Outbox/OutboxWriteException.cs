namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Records could not be made durable; none of them counts as written. Later writes are tried in a new file.</summary>
public sealed class OutboxWriteException : IOException
{
    internal OutboxWriteException(string directory, Exception inner)
        : base($"The outbox {directory} could not store the records: {inner.Message} Check the disk and its free space; the write can be repeated.", inner)
    {
        Directory = directory;
    }

    /// <summary>The directory of the outbox.</summary>
    public string Directory { get; }
}
