using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Buses;

/// <summary>
/// The 40-pin header that a hat sits on: of this machine, of another one over the network, or simulated. Each part is opened
/// when it is asked for, so that a hat needs only what it uses.
/// </summary>
public abstract class BoardHeader : IDisposable
{
    /// <summary>What errors and logs call the header.</summary>
    public abstract string Name { get; }

    /// <summary>Whether chips on it are simulated.</summary>
    public virtual bool IsSimulated => false;

    /// <summary>Opens the I2C bus. Disposed by the caller.</summary>
    /// <exception cref="SensorException">The bus is missing or forbidden, or the header cannot be reached.</exception>
    public abstract I2cBus OpenI2c();

    /// <summary>Opens the pins, numbered as the processor numbers them (GPIO24 is 24). Disposed by the caller.</summary>
    /// <exception cref="SensorException">The pins are missing or forbidden, or the header cannot be reached.</exception>
    public abstract GpioController OpenGpio();

    /// <summary>Opens a device on the SPI bus. Disposed by the caller.</summary>
    /// <exception cref="SensorException">The device is missing or forbidden, or the header cannot be reached.</exception>
    public abstract SpiDevice OpenSpi(SpiConnectionSettings settings);

    /// <summary>Opens the serial port with 8 data bits, no parity and one stop bit. Disposed by the caller.</summary>
    /// <param name="baudRate">Bits per second.</param>
    /// <exception cref="SensorException">The port is missing or forbidden, or the header cannot be reached.</exception>
    public abstract Stream OpenSerial(int baudRate);

    /// <summary>The microphone on the header's I2S pins, not opened yet. Disposed by the caller.</summary>
    /// <param name="device">ALSA's name of it.</param>
    /// <param name="timeProvider">The clock of its waits.</param>
    /// <returns>Null where sound cannot be had over this header.</returns>
    public virtual ISoundSource? CreateMicrophone(string device, TimeProvider timeProvider) => null;

    /// <summary>The temperature in °C of the processor beside the hat; null where it cannot be had.</summary>
    /// <exception cref="SensorException">The header cannot be reached.</exception>
    public virtual double? ReadCpuTemperatureCelsius() => null;

    /// <summary>Closes what the header itself holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="IDisposable.Dispose"/>
    protected virtual void Dispose(bool disposing)
    {
    }
}
