using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A header whose buses, serial line and microphone fail as a plan says.</summary>
internal sealed class FaultyHeader(BoardHeader header, FaultPlan plan) : BoardHeader
{
    // A bus that is opened anew is the same wires.
    private readonly I2cFaultState _wires = new();

    public override string Name => header.Name;

    public override bool IsSimulated => header.IsSimulated;

    public override I2cBus OpenI2c() => new FaultyI2cBus(header.OpenI2c(), plan, _wires);

    public override GpioController OpenGpio() => header.OpenGpio();

    public override SpiDevice OpenSpi(SpiConnectionSettings settings) => header.OpenSpi(settings);

    public override Stream OpenSerial(int baudRate) => plan.On(header.OpenSerial(baudRate));

    public override ISoundSource? CreateMicrophone(string device, TimeProvider timeProvider) =>
        header.CreateMicrophone(device, timeProvider) is { } microphone ? plan.On(microphone) : null;

    public override double? ReadCpuTemperatureCelsius() => header.ReadCpuTemperatureCelsius();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            header.Dispose();
        }

        base.Dispose(disposing);
    }
}
