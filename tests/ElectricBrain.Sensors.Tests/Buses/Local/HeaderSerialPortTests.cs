using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Tests.Buses.Local;

public sealed class HeaderSerialPortTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("Raspberry Pi Model B Rev 2", "ttyAMA0 serial0=ttyAMA0", "/dev/serial0")]
    [InlineData("Raspberry Pi Zero W Rev 1.1", "ttyS0 ttyAMA0 serial0=ttyS0 serial1=ttyAMA0", "/dev/serial0")]
    [InlineData("Raspberry Pi 4 Model B Rev 1.4", "ttyS0 serial0=ttyS0", "/dev/serial0")]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", "ttyAMA0 ttyAMA10 serial0=ttyAMA10", "/dev/ttyAMA0")]
    [InlineData("Raspberry Pi 500 Rev 1.0", "ttyAMA10 serial0=ttyAMA10", "/dev/ttyAMA0")]
    [InlineData("Raspberry Pi Compute Module 5 Rev 1.0", "ttyAMA10 serial0=ttyAMA10", "/dev/ttyAMA0")]
    [InlineData("Raspberry Pi 3 Model B Rev 1.2", "ttyAMA0", "/dev/ttyAMA0")]
    [InlineData("Raspberry Pi 3 Model B Rev 1.2", "ttyS0", "/dev/ttyS0")]
    [InlineData("Raspberry Pi 3 Model B Rev 1.2", "", "/dev/serial0")]
    [InlineData(null, "ttyS0", "/dev/ttyS0")]
    public void Find_Default_IsThePortOfTheHeader(string? model, string devices, string expected)
    {
        Arrange(model, devices);

        Assert.Equal(expected, HeaderSerialPort.Find(null, _root.FullName));
    }

    [Theory]
    [InlineData("/dev/ttyAMA0")]
    [InlineData("/dev/serial1")]
    public void Find_PortOfBluetooth_SaysHowToSwapThem(string port)
    {
        Arrange("Raspberry Pi Zero W Rev 1.1", "ttyS0 ttyAMA0 serial0=ttyS0 serial1=ttyAMA0");

        var exception = Assert.Throws<SensorException>(() => HeaderSerialPort.Find(port, _root.FullName));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.StartsWith($"{port} is the port of the Bluetooth chip. The header's is /dev/serial0; where it has to be the full UART, add 'dtoverlay=miniuart-bt'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/ttyUSB0", "ttyS0 ttyAMA0 serial0=ttyS0 serial1=ttyAMA0")]
    [InlineData("/dev/ttyAMA0", "ttyS0 ttyAMA0 serial0=ttyAMA0 serial1=ttyS0")]
    [InlineData("/dev/ttyAMA0", "")]
    public void Find_OtherPort_IsTaken(string port, string devices)
    {
        Arrange("Raspberry Pi 4 Model B Rev 1.4", devices);

        Assert.Equal(port, HeaderSerialPort.Find(port, _root.FullName));
    }

    private void Arrange(string? model, string devices)
    {
        var dev = _root.CreateSubdirectory("dev");
        foreach (var device in devices.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, target) = device.Split('=') is [var link, var to] ? (link, to) : (device, null);
            if (target is null)
            {
                File.WriteAllText(Path.Combine(dev.FullName, name), "");
            }
            else
            {
                File.CreateSymbolicLink(Path.Combine(dev.FullName, name), target);
            }
        }

        if (model is not null)
        {
            // The kernel ends it with a zero.
            File.WriteAllText(Path.Combine(_root.CreateSubdirectory("proc/device-tree").FullName, "model"), model + "\0");
        }
    }
}
