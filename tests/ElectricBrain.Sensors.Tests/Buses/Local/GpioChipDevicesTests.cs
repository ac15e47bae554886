using ElectricBrain.Sensors.Buses.Local;

namespace ElectricBrain.Sensors.Tests.Buses.Local;

public sealed class GpioChipDevicesTests
{
    [Fact]
    public void List_FilesThatAreNoChips_LeavesThemOut()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "gpiochip0"), "no device");
            File.WriteAllText(Path.Combine(folder.FullName, "gpiochip-0"), "no number");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "gpiochip4"), "gpiochip0");

            Assert.Empty(GpioChipDevices.List(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void List_MayNotBeOpened_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // Nobody, not even root, may open a folder for writing.
            folder.CreateSubdirectory("gpiochip12");

            Assert.Equal([new GpioChip(12, null, 0)], GpioChipDevices.List(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
