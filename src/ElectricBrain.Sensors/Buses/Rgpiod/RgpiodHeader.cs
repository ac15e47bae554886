using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Buses.Local;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// The header of another machine, over the network: one that cannot run .NET, such as a Raspberry Pi Zero W, runs rgpiod
/// (github.com/joan2937/lg) instead. All that is opened on the header shares one connection, but for the serial port. When it breaks, the transfer that
/// finds it broken fails, and the next one connects anew. The microphone of a hat cannot be carried.
/// </summary>
/// <remarks>
/// rgpiod has neither encryption nor sign-in: whoever reaches its port can use the pins, and unless it runs with access control
/// also files and a shell. Keep it in a network that you trust, or behind an SSH tunnel.
/// </remarks>
public sealed class RgpiodHeader : BoardHeader
{
    private readonly RgpiodHeaderOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RgpiodConnection _connection;
    private readonly RgpiodThermalZone _thermalZone;

    /// <summary>Describes the header; nothing is connected yet.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RgpiodHeader(RgpiodHeaderOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _connection = CreateConnection();
        _thermalZone = new RgpiodThermalZone(_connection, LinuxThermalZone.CpuPath);
    }

    /// <inheritdoc/>
    public override string Name => _connection.Name;

    /// <inheritdoc/>
    public override I2cBus OpenI2c() => RgpiodI2cBus.Open(_connection, _options.I2cBus);

    /// <inheritdoc/>
    public override GpioController OpenGpio()
    {
        var chip = RgpiodGpioChip.Open(_connection, _options.GpioChip, out var lines);
        return new GpioController(new RgpiodGpioDriver(_connection, chip, lines));
    }

    /// <inheritdoc/>
    public override SpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return RgpiodSpiDevice.Open(_connection, settings);
    }

    /// <inheritdoc/>
    /// <remarks>Read the stream asynchronously; its methods without a task block until rgpiod has answered.</remarks>
    public override Stream OpenSerial(int baudRate) => RgpiodSerialStream.Open(CreateConnection(), _options.SerialPort, baudRate, _timeProvider);

    /// <inheritdoc/>
    public override double? ReadCpuTemperatureCelsius() => _thermalZone.ReadCelsius();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private RgpiodConnection CreateConnection() => new(_options.Host, _options.Port, _options.ConnectTimeout, _options.TransferTimeout, _timeProvider);
}
