namespace ElectricBrain.Telemetry.Outbox.Files;

/// <summary>An open file of the outbox.</summary>
internal interface IOutboxFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends; returns the bytes read.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes the contents durable (fdatasync); the file's length too where it changed.</summary>
    void Sync();

    void Truncate(long length);
}
