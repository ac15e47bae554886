using System.Device.Gpio;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Tests.Buses.Local;

public sealed class HeaderGpioTests
{
    /// <summary>As gpiodetect prints them on the boards and systems named.</summary>
    public static TheoryData<string, int, string> Boards => new()
    {
        { "Pi 1, Zero, Zero W, 2", 0, "0 pinctrl-bcm2835 54" },
        { "Pi 3, Raspberry Pi OS 10", 0, "0 pinctrl-bcm2835 54, 1 brcmvirt-gpio 2, 2 raspberrypi-exp-gpio 8" },
        { "Pi 3, Debian 12, expander first", 1, "0 raspberrypi-exp-gpio 8, 1 pinctrl-bcm2835 54" },
        { "Pi 4, Raspberry Pi OS", 0, "0 pinctrl-bcm2711 58, 1 raspberrypi-exp-gpio 8" },
        { "Pi 4, Ubuntu with an I2C expander", 2, "0 raspberrypi-exp-gpio 8, 1 mcp23017 16, 2 pinctrl-bcm2711 58" },
        { "Pi 5, kernel 6.1 to 6.6.31", 4, "0 gpio-brcmstb@107d508500 32, 1 gpio-brcmstb@107d508520 4, 2 gpio-brcmstb@107d517c00 17, 3 gpio-brcmstb@107d517c20 6, 4 pinctrl-rp1 54" },
        { "Pi 5, kernel from 6.6.45", 0, "0 pinctrl-rp1 54, 10 gpio-brcmstb@107d508500 32, 11 gpio-brcmstb@107d508520 4, 12 gpio-brcmstb@107d517c00 17, 13 gpio-brcmstb@107d517c20 6" },
        { "Pi 5, kernel 6.12.96", 15, "11 gpio-brcmstb@107d508500 32, 12 gpio-brcmstb@107d508520 4, 13 gpio-brcmstb@107d517c00 17, 14 gpio-brcmstb@107d517c20 6, 15 pinctrl-rp1 54" },
        { "Pi 5 with an expander of as many lines", 1, "0 some-expander 54, 1 pinctrl-rp1 54" },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void Choose_RaspberryPi_TakesTheChipOfItsHeader(string board, int expected, string chips) =>
        Assert.Equal((board, expected), (board, HeaderGpio.Choose(null, Parse(chips)).Number));

    [Fact]
    public void Choose_ForbiddenExpander_TakesTheChipOfTheHeader() =>
        Assert.Equal(1, HeaderGpio.Choose(null, [new GpioChip(0, null, 0), new GpioChip(1, "pinctrl-rp1", 54)]).Number);

    [Fact]
    public void Choose_NamedChip_TakesIt() =>
        Assert.Equal(3, HeaderGpio.Choose(3, Parse("0 pinctrl-rp1 54, 3 rockchip-gpio3 32")).Number);

    [Theory]
    [InlineData(null, "", SensorFault.BusMissing, "there is none in /dev")]
    [InlineData(null, "0 gpio-brcmstb@107d508500 32, 1 mcp23017 16", SensorFault.BusMissing, "found gpiochip0 [gpio-brcmstb@107d508500] (32 lines), gpiochip1 [mcp23017] (16 lines)")]
    [InlineData(4, "0 pinctrl-rp1 54", SensorFault.BusMissing, "does not show /dev/gpiochip4: found gpiochip0 [pinctrl-rp1] (54 lines)")]
    [InlineData(null, "0 ? 0, 1 raspberrypi-exp-gpio 8", SensorFault.PermissionDenied, "/dev/gpiochip0 may not be opened. Add the user to the group")]
    [InlineData(0, "0 ? 0", SensorFault.PermissionDenied, "/dev/gpiochip0 may not be opened.")]
    public void Choose_NoneSuits_SaysWhy(int? number, string chips, SensorFault fault, string message)
    {
        var exception = Assert.Throws<SensorException>(() => HeaderGpio.Choose(number, Parse(chips)));

        Assert.Equal(fault, exception.Fault);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FirstLibraryMissing_UsesTheSecond()
    {
        using var gpio = HeaderGpio.Open(null, Parse("0 pinctrl-bcm2711 58"), [static _ => throw new IOException("libgpiod", new DllNotFoundException()), static _ => new SimulatedGpio()]);

        Assert.Equal(54, gpio.PinCount);
    }

    [Fact]
    public void Open_NoLibrary_NamesThePackages()
    {
        var exception = Assert.Throws<SensorException>(() => HeaderGpio.Open(null, Parse("0 pinctrl-bcm2711 58"),
        [
            static _ => throw new IOException("libgpiod", new DllNotFoundException()),
            static _ => throw new TypeInitializationException("driver", new DllNotFoundException()),
        ]));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.Contains("'sudo apt install libgpiod3'; before Debian 13 and Ubuntu 25.04 'libgpiod2'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ChipFails_SaysWhatTheLibrarySaid()
    {
        var exception = Assert.Throws<SensorException>(() => HeaderGpio.Open(null, Parse("0 pinctrl-bcm2711 58"),
        [
            static _ => throw new IOException("libgpiod", new DllNotFoundException()),
            static _ => throw new IOException("Device gone."),
        ]));

        Assert.StartsWith("gpiochip0 [pinctrl-bcm2711] (58 lines) cannot be used: Device gone.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RealDriversWithoutChip_ThrowOnlySensorExceptions()
    {
        // Whether libgpiod is installed here or not, this chip is not.
        var exception = Assert.Throws<SensorException>(() => HeaderGpio.Open(null, Parse("978 pinctrl-rp1 54")));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
    }

    private static List<GpioChip> Parse(string chips) =>
    [
        .. chips.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(static chip => chip.Split(' '))
            .Select(static parts => new GpioChip(int.Parse(parts[0], null), parts[1] == "?" ? null : parts[1], int.Parse(parts[2], null))),
    ];
}
