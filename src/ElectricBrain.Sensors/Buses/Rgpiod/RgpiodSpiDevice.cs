using System.Device.Spi;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// A device on an SPI bus of another machine. What is longer than the buffer of the kernel's driver goes in several transfers,
/// between which the device is deselected. Not thread-safe; the calls block, as those of every <see cref="SpiDevice"/>.
/// </summary>
internal sealed class RgpiodSpiDevice : SpiDevice
{
    private readonly RgpiodConnection _connection;
    private readonly SpiConnectionSettings _settings;
    private readonly RgpiodHandle _handle;
    private readonly RgpiodMessage _message = new(sizeof(int) + RgpiodConnection.MaximumBytes);

    private RgpiodSpiDevice(RgpiodConnection connection, SpiConnectionSettings settings)
    {
        _connection = connection;
        _settings = settings;
        var path = $"/dev/spidev{settings.BusId}.{settings.ChipSelectLine}";
        _handle = new RgpiodHandle(
            RgpiodMessage.Of(RgpiodCommand.SpiOpen, [settings.BusId, settings.ChipSelectLine, settings.ClockFrequency, (int)settings.Mode]),
            RgpiodCommand.SpiClose,
            status => RgpiodFailure.NotOpened(
                connection.Name,
                status,
                path,
                $"[spi] default={settings.BusId}.*",
                "Enable SPI there ('sudo raspi-config nonint do_spi 0', then reboot), and let rgpiod's user open it (group 'spi')."));
    }

    public override SpiConnectionSettings ConnectionSettings => _settings;

    /// <exception cref="Diagnostics.SensorException">rgpiod cannot be reached, or it cannot open the device.</exception>
    /// <exception cref="ArgumentException">The settings are none that rgpiod can set.</exception>
    public static RgpiodSpiDevice Open(RgpiodConnection connection, SpiConnectionSettings settings)
    {
        if (settings.DataBitLength != 8 || settings.DataFlow != DataFlow.MsbFirst || settings.ChipSelectLineActiveState != System.Device.Gpio.PinValue.Low)
        {
            throw new ArgumentException("Over rgpiod, SPI has 8 bits a byte, the highest first, and an active-low chip select.", nameof(settings));
        }

        var device = new RgpiodSpiDevice(connection, settings);
        connection.Open(device._handle);
        return device;
    }

    public override void Read(Span<byte> buffer)
    {
        for (var left = buffer; !left.IsEmpty;)
        {
            var chunk = left[..Math.Min(left.Length, RgpiodConnection.MaximumBytes)];
            _message.Begin(RgpiodCommand.SpiRead, [chunk.Length]);
            Exchange(chunk, chunk.Length);
            left = left[chunk.Length..];
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var left = buffer; !left.IsEmpty;)
        {
            var chunk = left[..Math.Min(left.Length, RgpiodConnection.MaximumBytes)];
            chunk.CopyTo(_message.Begin(RgpiodCommand.SpiWrite, [], chunk.Length));
            Exchange([], chunk.Length);
            left = left[chunk.Length..];
        }
    }

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(readBuffer.Length, writeBuffer.Length, nameof(readBuffer));
        for (var done = 0; done < writeBuffer.Length;)
        {
            var count = Math.Min(writeBuffer.Length - done, RgpiodConnection.MaximumBytes);
            writeBuffer.Slice(done, count).CopyTo(_message.Begin(RgpiodCommand.SpiTransfer, [], count));
            Exchange(readBuffer.Slice(done, count), count);
            done += count;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _connection.Close(_handle);
        base.Dispose(disposing);
    }

    private void Exchange(Span<byte> reply, int count)
    {
        var status = _connection.Exchange(_handle, _message, reply, out var length);
        if (status < 0)
        {
            throw new IOException($"{_connection.Name}: {RgpiodStatus.Describe(status)}");
        }

        if (status != count || length != reply.Length)
        {
            throw _connection.Unexpected(_message.Command, status, length);
        }
    }
}
