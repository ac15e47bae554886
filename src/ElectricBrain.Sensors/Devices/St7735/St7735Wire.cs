using System.Device.Gpio;
using System.Device.Spi;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Devices.St7735;

/// <summary>Commands and data to the panel: a pin tells which of the two the bytes are, and the kernel takes so many at once.</summary>
internal sealed class St7735Wire(SpiDevice spi, int maximumTransferBytes) : IDisposable
{
    private GpioPin? _dataPin;
    private bool? _isData;

    public bool IsOpen => _dataPin is not null;

    public void Open(GpioPin dataPin)
    {
        _dataPin = dataPin;
        _isData = null;
    }

    /// <exception cref="SensorException">The bus or the pin has failed.</exception>
    public void Send(byte command, params ReadOnlySpan<byte> arguments)
    {
        try
        {
            Select(isData: false);
            spi.WriteByte(command);
            if (arguments.IsEmpty)
            {
                return;
            }

            Select(isData: true);
            for (var left = arguments; !left.IsEmpty; left = left[Math.Min(left.Length, maximumTransferBytes)..])
            {
                spi.Write(left[..Math.Min(left.Length, maximumTransferBytes)]);
            }
        }
        catch (IOException exception)
        {
            var settings = spi.ConnectionSettings;
            throw new SensorException(
                SensorFault.NoAnswer,
                $"ST7735 on SPI {settings.BusId}.{settings.ChipSelectLine} cannot be written: {exception.Message.TrimEnd('.')}. Check that /dev/spidev{settings.BusId}.{settings.ChipSelectLine} is there and that its buffer takes {maximumTransferBytes} bytes.",
                innerException: exception);
        }
    }

    public void Dispose()
    {
        _dataPin?.Close();
        _dataPin = null;
        spi.Dispose();
    }

    private void Select(bool isData)
    {
        if (_isData != isData)
        {
            // The controller remembers a single pin's level on the heap, a list's not.
            ReadOnlySpan<PinValuePair> level = [new(_dataPin!.PinNumber, isData ? PinValue.High : PinValue.Low)];
            _dataPin.Controller.Write(level);
            _isData = isData;
        }
    }
}
