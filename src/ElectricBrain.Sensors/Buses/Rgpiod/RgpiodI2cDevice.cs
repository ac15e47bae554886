using System.Device.I2c;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// A chip on an I2C bus of another machine. One transfer is one request. Not thread-safe, as no <see cref="I2cDevice"/> is; the
/// calls block until the reply or the time-out, since that class has no others.
/// </summary>
internal sealed class RgpiodI2cDevice(RgpiodConnection connection, RgpiodHandle handle, I2cConnectionSettings settings) : I2cDevice
{
    private const byte EndSegment = 0;
    private const byte LongLength = 1;
    private const byte ReadSegment = 4;
    private const byte WriteSegment = 5;

    /// <summary>What the segments need beside the bytes to write.</summary>
    private const int SegmentOverhead = 9;

    private readonly RgpiodMessage _message = new(2 * sizeof(int) + SegmentOverhead + RgpiodConnection.MaximumBytes);

    public override I2cConnectionSettings ConnectionSettings => new(settings.BusId, settings.DeviceAddress);

    public override void Read(Span<byte> buffer)
    {
        ThrowIfTooLong(buffer.Length, nameof(buffer));
        _message.Begin(RgpiodCommand.I2cRead, [buffer.Length]);
        Exchange(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfTooLong(buffer.Length, nameof(buffer));
        buffer.CopyTo(_message.Begin(RgpiodCommand.I2cWrite, [], buffer.Length));
        Exchange([]);
    }

    /// <summary>Without a stop between the two: another master cannot come in between, and the chip keeps the register.</summary>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        ThrowIfTooLong(writeBuffer.Length, nameof(writeBuffer));
        ThrowIfTooLong(readBuffer.Length, nameof(readBuffer));
        var writeHead = HeadLength(writeBuffer.Length);
        var readHead = HeadLength(readBuffer.Length);
        var segments = _message.Begin(RgpiodCommand.I2cSegments, [], writeHead + writeBuffer.Length + readHead + 1);
        PutHead(segments, WriteSegment, writeBuffer.Length);
        writeBuffer.CopyTo(segments[writeHead..]);
        PutHead(segments[(writeHead + writeBuffer.Length)..], ReadSegment, readBuffer.Length);
        segments[^1] = EndSegment;
        Exchange(readBuffer);
    }

    protected override void Dispose(bool disposing)
    {
        connection.Close(handle);
        base.Dispose(disposing);
    }

    private static int HeadLength(int length) => length <= byte.MaxValue ? 2 : 4;

    private static void PutHead(Span<byte> segments, byte kind, int length)
    {
        if (length <= byte.MaxValue)
        {
            (segments[0], segments[1]) = (kind, (byte)length);
        }
        else
        {
            (segments[0], segments[1], segments[2], segments[3]) = (LongLength, kind, (byte)length, (byte)(length >> 8));
        }
    }

    private static void ThrowIfTooLong(int length, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(length, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, RgpiodConnection.MaximumBytes, parameter);
    }

    private void Exchange(Span<byte> reply)
    {
        var status = connection.Exchange(handle, _message, reply, out var length);
        if (status < 0)
        {
            throw new IOException($"{connection.Name}: {RgpiodStatus.Describe(status)}");
        }

        if (status != reply.Length || length != reply.Length)
        {
            throw connection.Unexpected(_message.Command, status, length);
        }
    }
}
