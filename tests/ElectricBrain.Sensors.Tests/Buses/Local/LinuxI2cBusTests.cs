using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Tests.Buses.Local;

public sealed class LinuxI2cBusTests
{
    [Fact]
    public void EnsureAccess_Forbidden_NamesTheGroup()
    {
        // Nobody, not even root, may open a folder for writing.
        var folder = Path.GetTempPath();

        var exception = Assert.Throws<SensorException>(() => LinuxI2cBus.EnsureAccess(folder, 1));

        Assert.Equal(SensorFault.PermissionDenied, exception.Fault);
        Assert.Contains("'sudo usermod -aG i2c $USER'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureAccess_Missing_NamesThePath()
    {
        var exception = Assert.Throws<SensorException>(() => LinuxI2cBus.EnsureAccess("/dev/no-such-bus", 1));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.StartsWith("/dev/no-such-bus does not exist.", exception.Message, StringComparison.Ordinal);
    }
}
