using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// A request as rgpiod reads it (lgCmd.h): a header of 16 bytes with magic number, bytes that follow, command and the counts of
/// 64-, 32- and 16-bit arguments; then the arguments and any bytes. All of it is little-endian, as every Raspberry Pi is.
/// </summary>
/// <param name="capacity">The most bytes that follow the header.</param>
internal sealed class RgpiodMessage(int capacity)
{
    public const int HeaderLength = 16;
    public const uint Magic = 0x6C67646D;

    private const int SizeOffset = 4;
    private const int CommandOffset = 8;
    private const int LongsOffset = 12;

    private readonly byte[] _bytes = new byte[HeaderLength + capacity];
    private int _length;

    public RgpiodCommand Command => (RgpiodCommand)BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(CommandOffset));

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>The first argument of every command that uses something opened.</summary>
    public int Handle
    {
        set => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(HeaderLength), value);
    }

    /// <summary>A request of its own size.</summary>
    public static RgpiodMessage Of(RgpiodCommand command, ReadOnlySpan<int> arguments, ReadOnlySpan<byte> bytes = default)
    {
        var message = new RgpiodMessage(arguments.Length * sizeof(int) + bytes.Length);
        message.PutHeader(command, arguments.Length, bytes.Length);
        bytes.CopyTo(Put(message._bytes.AsSpan(HeaderLength), arguments));
        return message;
    }

    /// <summary>Begins a request about something opened, whose handle is set later, and returns where the bytes behind the arguments go.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">The arguments that follow the handle.</param>
    /// <param name="bytes">How many bytes follow.</param>
    public Span<byte> Begin(RgpiodCommand command, ReadOnlySpan<int> arguments, int bytes = 0)
    {
        PutHeader(command, 1 + arguments.Length, bytes);
        return Put(_bytes.AsSpan(HeaderLength + sizeof(int), _length - HeaderLength - sizeof(int)), arguments);
    }

    /// <summary>Whether a reply's header is that of this request: rgpiod sends it back with status and size in it.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> header) => header[CommandOffset..HeaderLength].SequenceEqual(_bytes.AsSpan(CommandOffset, HeaderLength - CommandOffset));

    public static int StatusOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static uint SizeOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header[SizeOffset..]);

    private void PutHeader(RgpiodCommand command, int arguments, int bytes)
    {
        var size = arguments * sizeof(int) + bytes;
        var header = _bytes.AsSpan(0, HeaderLength);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[SizeOffset..], size);
        BinaryPrimitives.WriteUInt16LittleEndian(header[CommandOffset..], (ushort)command);
        BinaryPrimitives.WriteUInt16LittleEndian(header[LongsOffset..], (ushort)arguments);
        _length = HeaderLength + size;
    }

    private static Span<byte> Put(Span<byte> body, ReadOnlySpan<int> arguments)
    {
        foreach (var argument in arguments)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body, argument);
            body = body[sizeof(int)..];
        }

        return body;
    }
}
