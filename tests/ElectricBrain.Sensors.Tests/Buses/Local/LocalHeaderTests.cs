using System.Device.Spi;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Tests.Buses.Local;

public sealed class LocalHeaderTests
{
    [Fact]
    public void Open_DevicesThatAreNotThere_NamesThem()
    {
        using var header = new LocalHeader(new LocalHeaderOptions { I2cBus = 978, SerialPort = "/dev/no-such-port", GpioChip = 978 });

        Assert.Contains("/dev/i2c-978 does not exist", Missing(() => header.OpenI2c()), StringComparison.Ordinal);
        Assert.Contains("/dev/spidev978.1 does not exist", Missing(() => header.OpenSpi(new SpiConnectionSettings(978, 1))), StringComparison.Ordinal);
        Assert.Contains("/dev/no-such-port does not exist", Missing(() => header.OpenSerial(9_600)), StringComparison.Ordinal);
        Assert.Contains("/dev/gpiochip978", Missing(() => header.OpenGpio()), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OptionOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalHeader(new LocalHeaderOptions { I2cBus = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalHeader(new LocalHeaderOptions { GpioChip = -1 }));
        Assert.Throws<ArgumentException>(() => new LocalHeader(new LocalHeaderOptions { SerialPort = "ttyAMA0" }));
    }

    private static string Missing(Action open)
    {
        var exception = Assert.Throws<SensorException>(open);
        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        return exception.Message;
    }
}
