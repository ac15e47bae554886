using ElectricBrain.Sensors.Buses;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A serial line whose bytes to the program are damaged as a plan says.</summary>
internal sealed class FaultySerialStream(Stream line, FaultPlan plan) : SerialStream
{
    private const string Target = "serial";
    private const int LongestGarbage = 64;

    private byte[] _garbage = [];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_garbage.Length > 0)
            {
                return TakeGarbage(buffer.Span);
            }

            var count = await line.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0 || Damage(buffer.Span, ref count))
            {
                return count;
            }
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => line.WriteAsync(buffer, cancellationToken);

    public override void Write(ReadOnlySpan<byte> buffer) => line.Write(buffer);

    public override void Flush() => line.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            line.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether anything is left of the bytes.</summary>
    private bool Damage(Span<byte> bytes, ref int count)
    {
        switch (plan.Draw(FaultKind.SerialGarbage, FaultKind.SerialUnplugged, Target))
        {
            case FaultKind.SerialGarbage:
                // Comes behind these bytes, so before the next frame or within it.
                _garbage = new byte[1 + plan.Next(LongestGarbage)];
                plan.Fill(_garbage);
                break;
            case FaultKind.SerialLoss:
                var lost = 1 + plan.Next(count);
                var start = plan.Next(count - lost + 1);
                bytes[(start + lost)..count].CopyTo(bytes[start..]);
                count -= lost;
                break;
            case FaultKind.SerialBitFlip:
                bytes[plan.Next(count)] ^= (byte)(1 << plan.Next(8));
                break;
            case FaultKind.SerialUnplugged:
                throw new IOException("Input/output error.");
        }

        return count > 0;
    }

    private int TakeGarbage(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _garbage.Length);
        _garbage.AsSpan(0, count).CopyTo(buffer);
        _garbage = _garbage[count..];
        return count;
    }
}
