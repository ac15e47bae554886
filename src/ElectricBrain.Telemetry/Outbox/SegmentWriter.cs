using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Appends to the one segment that is being written.</summary>
internal sealed class SegmentWriter(OutboxSegment segment, IOutboxFile file) : IDisposable
{
    public OutboxSegment Segment => segment;

    /// <summary>Where the next frame goes; behind <see cref="OutboxSegment.End"/> until it is synchronised and published.</summary>
    public long Position { get; private set; } = SegmentHeader.Length;

    public long Remaining => segment.FileLength - Position;

    public void Append(ReadOnlySpan<byte> frames)
    {
        file.Write(frames, Position);
        Position += frames.Length;
    }

    public void Sync() => file.Sync();

    public void Dispose() => file.Dispose();
}
