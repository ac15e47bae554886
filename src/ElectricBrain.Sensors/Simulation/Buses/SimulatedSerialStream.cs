using ElectricBrain.Sensors.Buses;

namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>The program's end of a simulated serial line.</summary>
internal sealed class SimulatedSerialStream(SimulatedSerialLine line) : SerialStream
{
    private bool _closed;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (line.TryRead(buffer.Span, out var arrival) is { } count)
            {
                return count;
            }

            var timer = line.StartTimer();
            try
            {
                await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (timer is not null)
                {
                    await timer.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        line.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_closed)
        {
            _closed = true;
            line.Close();
        }

        base.Dispose(disposing);
    }
}
