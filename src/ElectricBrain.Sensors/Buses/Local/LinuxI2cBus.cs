using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Opens a bus of this machine, with errors that tell what is missing.</summary>
internal static class LinuxI2cBus
{
    public static bool IsPresent(int busId) => File.Exists(DevicePath(busId));

    /// <exception cref="SensorException">The bus does not exist or may not be opened.</exception>
    public static I2cBus Open(int busId)
    {
        // System.Device.I2c reports every failure alike: opening the file first tells a missing bus from a forbidden one.
        var path = DevicePath(busId);
        EnsureAccess(path, busId);
        try
        {
            return I2cBus.Create(busId);
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            throw new SensorException(SensorFault.BusMissing, $"{path} cannot be used as an I2C bus: {exception.Message}", busId, innerException: exception);
        }
    }

    internal static void EnsureAccess(string path, int busId)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SensorException(
                SensorFault.PermissionDenied,
                $"{path} may not be opened. Add the user to the group of the device ('sudo usermod -aG i2c $USER', then sign in again) or run the container with that group.",
                busId,
                innerException: exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SensorException(
                SensorFault.BusMissing,
                $"{path} does not exist. Enable I2C ('sudo raspi-config nonint do_i2c 0', then reboot), give a container the device ('--device {path}'), or use the simulated hat (EnviroHatOptions.Simulate).",
                busId,
                innerException: exception);
        }
        catch (IOException exception)
        {
            throw new SensorException(SensorFault.BusMissing, $"{path} cannot be opened: {exception.Message}", busId, innerException: exception);
        }
    }

    private static string DevicePath(int busId) => $"/dev/i2c-{busId}";
}
