using System.Buffers;
using System.Buffers.Binary;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Records of one caller on their way into the log, as a chain of frames. It is either committed or cancelled, never both, so that a
/// cancelled write is known not to be stored.
/// </summary>
internal sealed class PendingWrite() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IDisposable
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private byte[] _frames = ArrayPool<byte>.Shared.Rent(4096);
    private int _state;

    public int Length { get; private set; }

    public int Count { get; private set; }

    /// <summary>Whether this write was counted as one that waits for room.</summary>
    public bool IsBlocked { get; set; }

    public bool IsCancelled => Volatile.Read(ref _state) == Cancelled;

    public ReadOnlySpan<byte> Frames => _frames.AsSpan(0, Length);

    /// <summary>Room for a payload of at most a length.</summary>
    public Span<byte> Reserve(int maximumLength)
    {
        var start = Length + RecordFrame.HeaderLength;
        if (start + maximumLength > _frames.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_frames.Length * 2, start + maximumLength));
            Frames.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_frames);
            _frames = larger;
        }

        return _frames.AsSpan(start, maximumLength);
    }

    /// <summary>Takes what was written to the reserved room as the next payload.</summary>
    public void Advance(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_frames.AsSpan(Length), length);
        Length += RecordFrame.HeaderLength + length;
        Count++;
    }

    /// <summary>The payloads that were added.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Payloads()
    {
        for (var offset = 0; offset < Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_frames.AsSpan(offset));
            yield return _frames.AsMemory(offset + RecordFrame.HeaderLength, length);
            offset += RecordFrame.HeaderLength + length;
        }
    }

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Queued) == Queued;

    public bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Queued) == Queued;

    public void Dispose()
    {
        var frames = Interlocked.Exchange(ref _frames, []);
        if (frames.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(frames);
        }
    }
}
