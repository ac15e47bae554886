using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>
/// Finds the intact messages in any stream of bytes. What turns out not to be one is given up a byte at a time, so that a torn
/// frame never takes the next one with it.
/// </summary>
internal sealed class Pms5003Parser
{
    public const byte Start1 = 0x42;
    public const byte Start2 = 0x4D;
    public const int HeaderLength = 4;
    public const int SumLength = 2;
    public const int FrameLength = HeaderLength + Pms5003Frame.BodyLength + SumLength;
    public const int AcknowledgementLength = HeaderLength + 2 + SumLength;

    private readonly byte[] _buffer = new byte[FrameLength];
    private int _count;

    /// <summary>Bytes so far that belonged to no intact message.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Takes bytes until a message is complete.</summary>
    /// <param name="bytes">What was received; what was taken is cut off at its start.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether there is a message; false once all bytes are taken.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out Pms5003Message message)
    {
        while (true)
        {
            if (TryComplete(out message))
            {
                return true;
            }

            if (bytes.IsEmpty)
            {
                return false;
            }

            _buffer[_count++] = bytes[0];
            bytes = bytes[1..];
        }
    }

    /// <summary>A data frame as bytes.</summary>
    public static void Format(Pms5003Frame frame, Span<byte> bytes)
    {
        frame.Format(bytes[HeaderLength..]);
        Seal(bytes[..FrameLength]);
    }

    /// <summary>The acknowledgement of a command as bytes.</summary>
    public static void Format(ushort acknowledged, Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes[HeaderLength..], acknowledged);
        Seal(bytes[..AcknowledgementLength]);
    }

    public static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var value in bytes)
        {
            sum += value;
        }

        return sum;
    }

    private bool TryComplete(out Pms5003Message message)
    {
        message = default;
        while (_count > 0)
        {
            var length = MessageLength(_buffer.AsSpan(0, _count));
            if (_count < length)
            {
                return false;
            }

            var candidate = _buffer.AsSpan(0, length);
            if (length > 0 && Sum(candidate[..^SumLength]) == BinaryPrimitives.ReadUInt16BigEndian(candidate[^SumLength..]))
            {
                message = Decode(candidate);
                Drop(length);
                return true;
            }

            SkippedBytes++;
            Drop(1);
        }

        return false;
    }

    /// <summary>The length of the message that the bytes start, at least as far as they tell; 0 where they start none.</summary>
    private static int MessageLength(ReadOnlySpan<byte> start)
    {
        if (start[0] != Start1 || (start.Length > 1 && start[1] != Start2))
        {
            return 0;
        }

        if (start.Length < HeaderLength)
        {
            return HeaderLength;
        }

        var length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(start[2..]);
        return length is FrameLength or AcknowledgementLength ? length : 0;
    }

    private static Pms5003Message Decode(ReadOnlySpan<byte> message) => message.Length == FrameLength
        ? new Pms5003Message(Pms5003Frame.Parse(message[HeaderLength..^SumLength]), 0)
        : new Pms5003Message(null, BinaryPrimitives.ReadUInt16BigEndian(message[HeaderLength..]));

    private static void Seal(Span<byte> message)
    {
        message[0] = Start1;
        message[1] = Start2;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)(message.Length - HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(message[^SumLength..], (ushort)Sum(message[..^SumLength]));
    }

    private void Drop(int length)
    {
        _count -= length;
        _buffer.AsSpan(length, _count).CopyTo(_buffer);
    }
}
