using System.Device.Spi;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Opens an SPI device of this machine, with errors that tell what is missing.</summary>
internal static class LinuxSpiBus
{
    /// <exception cref="SensorException">The device does not exist or may not be opened.</exception>
    public static SpiDevice Open(SpiConnectionSettings settings)
    {
        // System.Device.Spi opens with the first transfer and reports every failure alike.
        var path = $"/dev/spidev{settings.BusId}.{settings.ChipSelectLine}";
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return SpiDevice.Create(settings);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SensorException(
                SensorFault.PermissionDenied,
                $"{path} may not be opened. Add the user to the group of the device ('sudo usermod -aG spi $USER', then sign in again) or run the container with that group.",
                innerException: exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SensorException(
                SensorFault.BusMissing,
                $"{path} does not exist. Enable SPI ('sudo raspi-config nonint do_spi 0', then reboot) or give a container the device ('--device {path}').",
                innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            throw new SensorException(SensorFault.BusMissing, $"{path} cannot be used as an SPI device: {exception.Message}", innerException: exception);
        }
    }
}
