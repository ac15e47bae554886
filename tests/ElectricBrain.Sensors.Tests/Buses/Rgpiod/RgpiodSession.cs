using System.Buffers.Binary;
using System.Device.Gpio;
using System.Device.I2c;
using System.Text;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>
/// One client of a test's rgpiod: executes requests as lgExec.c and the files behind it do, over a <see cref="RgpiodBoard"/>.
/// Written from the protocol's definition and not from the code under test, which it shares nothing with.
/// </summary>
internal sealed class RgpiodSession(RgpiodBoard board, List<object?> handles) : IDisposable
{
    private const int BadHandle = -5;
    private const int NoPermissions = -93;

    private readonly List<int> _owned = [];

    /// <summary>The status, and the bytes that follow the header of the reply.</summary>
    public (int Status, byte[] Extension) Execute(int command, ReadOnlySpan<byte> extension)
    {
        if (board.Forbidden.Contains(command))
        {
            return (NoPermissions, []);
        }

        lock (board)
        {
            return command switch
            {
                1 => (OpenFile(Text(extension[4..])), []),
                3 => ReadFile(Long(extension, 0), Long(extension, 1)),
                5 => (SeekFile(Long(extension, 0), Long(extension, 1)), []),
                10 => (board.Chips.ContainsKey(Long(extension, 0)) ? Add(new Chip(Long(extension, 0))) : -78, []),
                12 => (Claim(extension, Long(extension, 2), PinMode.Input, PinValue.Low), []),
                13 => (Claim(extension, Long(extension, 2), PinMode.Output, Long(extension, 3) != 0), []),
                15 => (Free(Of<Chip>(extension), Long(extension, 1)), []),
                19 => (ReadPin(Of<Chip>(extension), Long(extension, 1)), []),
                20 => (WritePin(Of<Chip>(extension), Long(extension, 1), Long(extension, 2) != 0), []),
                31 => ChipInfo(Of<Chip>(extension)),
                40 => (!board.HasI2c ? -29 : Long(extension, 1) is < 0 or > 0x7F ? -30 : Long(extension, 2) != 0 ? -32 : Add(board.I2c.CreateDevice(Long(extension, 1))), []),
                42 => I2cRead(Of<I2cDevice>(extension), Long(extension, 1)),
                43 => (I2cWrite(Of<I2cDevice>(extension), extension[4..]), []),
                57 => I2cZip(Of<I2cDevice>(extension), extension[4..]),
                90 => (Text(extension[8..]) != board.SerialPort ? -27 : Long(extension, 0) != 9_600 ? -37 : Add(new Serial(board.Enviro.Pms5003.Line, board.Enviro.Pms5003.Line.Open())), []),
                94 => SerialRead(Of<Serial>(extension), Long(extension, 1)),
                95 => (SerialWrite(Of<Serial>(extension), extension[4..]), []),
                100 => (board.HasSpi ? Add(new Spi()) : -28, []),
                102 => SpiTransfer(Of<Spi>(extension), new byte[Long(extension, 1)]),
                103 => (SpiTransfer(Of<Spi>(extension), extension[4..].ToArray()).Status, []),
                104 => SpiTransfer(Of<Spi>(extension), extension[4..].ToArray()),
                2 or 11 or 41 or 91 or 101 => (Close(Long(extension, 0)), []),
                140 => (0x00020200, []),
                _ => (-47, []),
            };
        }
    }

    /// <summary>rgpiod closes what a client had opened when its connection ends.</summary>
    public void Dispose()
    {
        lock (board)
        {
            foreach (var handle in _owned.ToArray())
            {
                Close(handle);
            }
        }
    }

    private static int Long(ReadOnlySpan<byte> extension, int index) => BinaryPrimitives.ReadInt32LittleEndian(extension[(4 * index)..]);

    /// <summary>Up to the zero; without one, it would read on into what an earlier request left in its buffer.</summary>
    private static string Text(ReadOnlySpan<byte> extension) =>
        extension.IndexOf((byte)0) is >= 0 and var end ? Encoding.ASCII.GetString(extension[..end]) : "no zero at the end";

    private T? Of<T>(ReadOnlySpan<byte> extension)
        where T : class =>
        Long(extension, 0) is var handle && handle >= 0 && handle < handles.Count && _owned.Contains(handle) ? handles[handle] as T : null;

    private int Add(object opened)
    {
        var handle = handles.IndexOf(null);
        if (handle < 0)
        {
            handle = handles.Count;
            handles.Add(null);
        }

        handles[handle] = opened;
        _owned.Add(handle);
        return handle;
    }

    private int Close(int handle)
    {
        if (!_owned.Remove(handle))
        {
            return BadHandle;
        }

        if (handles[handle] is Chip chip)
        {
            foreach (var pin in chip.Claimed)
            {
                board.Gpio.ClosePin(pin);
                board.Enviro.Gpio.Drive(pin, high: false);
            }
        }

        (handles[handle] as Serial)?.Stream.Dispose();
        handles[handle] = null;
        return 0;
    }

    private int OpenFile(string path) => path.Contains("..", StringComparison.Ordinal) ? -67 : board.Files.ContainsKey(path) ? Add(new OpenedFile(path)) : -58;

    private int SeekFile(int handle, int offset) => _owned.Contains(handle) && handles[handle] is OpenedFile file ? file.Position = offset : BadHandle;

    private (int Status, byte[] Extension) ReadFile(int handle, int count)
    {
        if (!_owned.Contains(handle) || handles[handle] is not OpenedFile file)
        {
            return (BadHandle, []);
        }

        var bytes = Encoding.ASCII.GetBytes(board.Files[file.Path])[file.Position..].Take(count).ToArray();
        file.Position += bytes.Length;
        return (bytes.Length, bytes);
    }

    private int Claim(ReadOnlySpan<byte> extension, int pin, PinMode mode, PinValue level)
    {
        if (Of<Chip>(extension) is not { } chip)
        {
            return BadHandle;
        }

        if (pin == board.BusyPin)
        {
            return -79;
        }

        // A single pin of the same direction stays as it is.
        if (chip.Claimed.Contains(pin) && board.Gpio.GetPinMode(pin) == mode)
        {
            return 0;
        }

        chip.Claimed.Add(pin);
        board.Gpio.OpenPin(pin, mode);
        if (mode == PinMode.Output)
        {
            board.Gpio.Write(pin, level);
        }

        return 0;
    }

    private int Free(Chip? chip, int pin)
    {
        if (chip is null)
        {
            return BadHandle;
        }

        if (!chip.Claimed.Remove(pin))
        {
            return -80;
        }

        board.Gpio.ClosePin(pin);
        return 0;
    }

    private int ReadPin(Chip? chip, int pin) => chip is null ? BadHandle : chip.Claimed.Contains(pin) ? (int)board.Gpio.Read(pin) : -80;

    private int WritePin(Chip? chip, int pin, PinValue level)
    {
        if (chip is null || !chip.Claimed.Contains(pin))
        {
            return chip is null ? BadHandle : -80;
        }

        board.Gpio.Write(pin, level);
        return 0;
    }

    private (int Status, byte[] Extension) ChipInfo(Chip? chip)
    {
        if (chip is null)
        {
            return (BadHandle, []);
        }

        var info = new byte[68];
        var (label, lines) = board.Chips[chip.Number];
        BinaryPrimitives.WriteInt32LittleEndian(info, lines);
        Encoding.ASCII.GetBytes($"gpiochip{chip.Number}", info.AsSpan(4));
        Encoding.ASCII.GetBytes(label, info.AsSpan(36));
        return (68, info);
    }

    private static (int Status, byte[] Extension) I2cRead(I2cDevice? device, int count)
    {
        if (device is null)
        {
            return (BadHandle, []);
        }

        var bytes = new byte[count];
        try
        {
            device.Read(bytes);
            return (count, bytes);
        }
        catch (IOException)
        {
            return (-42, []);
        }
    }

    private static int I2cWrite(I2cDevice? device, ReadOnlySpan<byte> bytes)
    {
        try
        {
            device?.Write(bytes);
            return device is null ? BadHandle : 0;
        }
        catch (IOException)
        {
            return -41;
        }
    }

    /// <summary>One write and one read, as all chips here are used; with other segments the chips would need to be asked piecewise.</summary>
    private static (int Status, byte[] Extension) I2cZip(I2cDevice? device, ReadOnlySpan<byte> segments)
    {
        if (device is null)
        {
            return (BadHandle, []);
        }

        byte[] write = [];
        var read = 0;
        var isLong = false;
        for (var position = 0; position < segments.Length && segments[position] != 0;)
        {
            var segment = segments[position++];
            if (segment == 1)
            {
                isLong = true;
                continue;
            }

            var length = isLong ? segments[position] | (segments[position + 1] << 8) : segments[position];
            position += isLong ? 2 : 1;
            isLong = false;
            if (segment == 5)
            {
                // The daemon wants something behind the bytes, at least the end.
                if (length + position >= segments.Length)
                {
                    return (-55, []);
                }

                write = segments.Slice(position, length).ToArray();
                position += length;
            }
            else if (segment == 4)
            {
                read = length;
            }
            else
            {
                return (-57, []);
            }
        }

        var bytes = new byte[read];
        try
        {
            device.WriteRead(write, bytes);
            return (read, bytes);
        }
        catch (IOException)
        {
            return (-53, []);
        }
    }

    private static (int Status, byte[] Extension) SerialRead(Serial? serial, int count)
    {
        if (serial is null)
        {
            return (BadHandle, []);
        }

        // Its port never waits.
        var bytes = new byte[count];
        var read = serial.Line.TryRead(bytes, out _) ?? 0;
        return (read, bytes[..read]);
    }

    private static int SerialWrite(Serial? serial, ReadOnlySpan<byte> bytes)
    {
        if (serial is null)
        {
            return BadHandle;
        }

        if (bytes.IsEmpty)
        {
            return -40;
        }

        try
        {
            serial.Stream.Write(bytes);
            return 0;
        }
        catch (IOException)
        {
            return -44;
        }
    }

    private (int Status, byte[] Extension) SpiTransfer(Spi? spi, byte[] bytes)
    {
        if (spi is null)
        {
            return (BadHandle, []);
        }

        try
        {
            // The panel has no data out; what a bus then reads is low.
            board.Spi.Write(bytes);
            return bytes.Length > 4_096 ? (-48, []) : (bytes.Length, new byte[bytes.Length]);
        }
        catch (IOException)
        {
            return (-48, []);
        }
    }

    private sealed record OpenedFile(string Path)
    {
        public int Position { get; set; }
    }

    private sealed record Chip(int Number)
    {
        public HashSet<int> Claimed { get; } = [];
    }

    private sealed record Spi;

    private sealed record Serial(SimulatedSerialLine Line, Stream Stream);
}
