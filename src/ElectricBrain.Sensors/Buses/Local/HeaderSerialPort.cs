using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Finds the serial port on GPIO14 and GPIO15, which depends on the model and on Bluetooth.</summary>
internal static class HeaderSerialPort
{
    private const string Primary = "/dev/serial0";
    private const string Secondary = "/dev/serial1";
    private const string FullUart = "/dev/ttyAMA0";
    private const string MiniUart = "/dev/ttyS0";

    /// <param name="port">The port to use; null for that of the header.</param>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    /// <returns>The path of the port; it may not exist.</returns>
    /// <exception cref="SensorException">The port is the one of the Bluetooth chip.</exception>
    public static string Find(string? port, string root = "/")
    {
        if (port is not null)
        {
            ThrowIfBluetooth(port, root);
            return port;
        }

        // There the primary port is the debug connector beside the header.
        if (IsRaspberryPi5(root))
        {
            return FullUart;
        }

        // A container may be given the device without the link.
        return Exists(Primary, root) ? Primary
            : Exists(FullUart, root) ? FullUart
            : Exists(MiniUart, root) ? MiniUart
            : Primary;
    }

    private static void ThrowIfBluetooth(string port, string root)
    {
        if (TargetOf(Secondary, root) is { } bluetooth && bluetooth == (TargetOf(port, root) ?? Path.GetFileName(port)))
        {
            throw new SensorException(
                SensorFault.BusMissing,
                $"{port} is the port of the Bluetooth chip. The header's is {Primary}; where it has to be the full UART, add 'dtoverlay=miniuart-bt' ('pi3-miniuart-bt' in older systems) to /boot/firmware/config.txt and reboot.");
        }
    }

    private static bool IsRaspberryPi5(string root)
    {
        try
        {
            // Raspberry Pi 5, 500 and Compute Module 5 have the RP1.
            var model = File.ReadAllText(Under("/proc/device-tree/model", root));
            return model.Contains("Raspberry Pi 5", StringComparison.Ordinal) || model.Contains("Compute Module 5", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Exists(string path, string root) => File.Exists(Under(path, root));

    private static string? TargetOf(string path, string root) => Path.GetFileName(new FileInfo(Under(path, root)).LinkTarget);

    private static string Under(string path, string root) => Path.Combine(root, path[1..]);
}
