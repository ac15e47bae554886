using System.Device.Gpio;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses;

/// <summary>Opens pins for output, with errors that tell whose pin it is.</summary>
internal static class GpioOutput
{
    /// <exception cref="SensorException">The pin is missing, forbidden or in use.</exception>
    public static GpioPin Open(GpioController gpio, int pin, PinValue level, string purpose)
    {
        try
        {
            return gpio.OpenPin(pin, PinMode.Output, level);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SensorException(
                SensorFault.PermissionDenied,
                $"GPIO{pin} ({purpose}) may not be opened. Add the user to the group of the device ('sudo usermod -aG gpio $USER', then sign in again) or run the container with that group.",
                innerException: exception);
        }
        catch (Exception exception) when (exception is not SensorException && exception is InvalidOperationException or IOException or ArgumentException or PlatformNotSupportedException)
        {
            throw new SensorException(
                SensorFault.BusMissing,
                $"GPIO{pin} ({purpose}) cannot be opened: {exception.Message.TrimEnd('.')}. Check with 'gpioinfo' that nothing else holds it.",
                innerException: exception);
        }
    }

    /// <summary>Sets the pin low as far as it is still there, and closes it.</summary>
    public static void Release(GpioPin? pin)
    {
        try
        {
            pin?.Write(PinValue.Low);
        }
        catch (IOException)
        {
            // A pin that is gone drives nothing.
        }

        pin?.Close();
    }
}
