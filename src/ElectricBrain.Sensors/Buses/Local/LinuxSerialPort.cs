using System.IO.Ports;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Opens a serial port of this machine, with errors that tell what is missing.</summary>
internal static class LinuxSerialPort
{
    /// <param name="path">The port, such as <c>/dev/ttyAMA0</c>.</param>
    /// <param name="baudRate">Bits per second; 8 data bits, no parity, one stop bit.</param>
    /// <exception cref="SensorException">The port does not exist or may not be opened.</exception>
    public static Stream Open(string path, int baudRate)
    {
        var port = new SerialPort(path, baudRate, Parity.None, 8, StopBits.One) { WriteTimeout = 1_000 };
        try
        {
            port.Open();
            // Closing the stream closes the port.
            return port.BaseStream;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            port.Dispose();
            throw Explain(path, exception);
        }
    }

    private static SensorException Explain(string path, Exception exception)
    {
        if (!File.Exists(path))
        {
            return new SensorException(
                SensorFault.BusMissing,
                $"{path} does not exist. Enable the serial port without a console ('sudo raspi-config nonint do_serial_hw 0', 'do_serial_cons 1', then reboot) or give a container the device ('--device {path}').",
                innerException: exception);
        }

        // The class reports all of these alike.
        return exception is UnauthorizedAccessException
            ? new SensorException(
                SensorFault.PermissionDenied,
                $"{path} may not be opened, another program holds it, or it is no serial port. Add the user to the group of the device ('sudo usermod -aG dialout $USER', then sign in again), or run the container with that group, and see 'fuser {path}'.",
                innerException: exception)
            : new SensorException(SensorFault.BusMissing, $"{path} cannot be used as a serial port: {exception.Message}", innerException: exception);
    }
}
