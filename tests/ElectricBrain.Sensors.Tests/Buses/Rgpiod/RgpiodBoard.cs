using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Simulation;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>What is on the machine that a test's rgpiod runs on: simulated chips where the kernel's devices would be.</summary>
internal sealed class RgpiodBoard
{
    public RgpiodBoard(SimulatedEnviro enviro)
    {
        Enviro = enviro;
        Gpio = new GpioController(enviro.Gpio);
    }

    public SimulatedEnviro Enviro { get; }

    public GpioController Gpio { get; }

    public I2cBus I2c => Enviro.Bus;

    public SpiDevice Spi => Enviro.Display;

    /// <summary>As gpiodetect prints them.</summary>
    public Dictionary<int, (string Label, int Lines)> Chips { get; } = new() { [0] = ("pinctrl-bcm2835", 54) };

    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal) { ["/sys/class/thermal/thermal_zone0/temp"] = "47774\n" };

    public string SerialPort { get; set; } = "/dev/serial0";

    public bool HasI2c { get; set; } = true;

    public bool HasSpi { get; set; } = true;

    /// <summary>Commands that the access control answers with "no permission".</summary>
    public HashSet<int> Forbidden { get; } = [];

    public int? BusyPin { get; set; }
}
