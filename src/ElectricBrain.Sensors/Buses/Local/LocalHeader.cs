using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Sound.Sources;
using ElectricBrain.Sensors.Sound.Sources.Alsa;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>The 40-pin header of this machine.</summary>
public sealed class LocalHeader : BoardHeader
{
    private readonly LocalHeaderOptions _options;

    /// <summary>Describes the header; nothing is opened yet.</summary>
    /// <param name="options">Its devices, where the defaults do not suit.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public LocalHeader(LocalHeaderOptions? options = null)
    {
        _options = options ?? new LocalHeaderOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public override string Name => "this machine";

    /// <inheritdoc/>
    public override I2cBus OpenI2c() => LinuxI2cBus.Open(_options.I2cBus);

    /// <inheritdoc/>
    public override GpioController OpenGpio() => HeaderGpio.Open(_options.GpioChip, GpioChipDevices.List());

    /// <inheritdoc/>
    public override SpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LinuxSpiBus.Open(settings);
    }

    /// <inheritdoc/>
    public override Stream OpenSerial(int baudRate) => LinuxSerialPort.Open(HeaderSerialPort.Find(_options.SerialPort), baudRate);

    /// <inheritdoc/>
    public override ISoundSource CreateMicrophone(string device, TimeProvider timeProvider) => new AlsaSoundSource(device, timeProvider: timeProvider);

    /// <inheritdoc/>
    public override double? ReadCpuTemperatureCelsius() => LinuxThermalZone.ReadCelsius();
}
