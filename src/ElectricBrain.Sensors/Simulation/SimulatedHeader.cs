using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Simulation;

/// <summary>The header under a <see cref="SimulatedEnviro"/>.</summary>
internal sealed class SimulatedHeader(SimulatedEnviro enviro) : BoardHeader
{
    public override string Name => "the simulated board";

    public override bool IsSimulated => true;

    public override I2cBus OpenI2c() => enviro.Bus.Open();

    public override GpioController OpenGpio() => new(enviro.Gpio);

    public override SpiDevice OpenSpi(SpiConnectionSettings settings) => enviro.Display;

    public override Stream OpenSerial(int baudRate)
    {
        try
        {
            return enviro.Pms5003.Line.Open();
        }
        catch (IOException exception)
        {
            throw new SensorException(SensorFault.BusMissing, $"The serial port of {Name} does not exist. Connect its line.", innerException: exception);
        }
    }

    public override ISoundSource CreateMicrophone(string device, TimeProvider timeProvider) => enviro.Microphone;

    public override double? ReadCpuTemperatureCelsius() => enviro.CpuTemperatureCelsius;
}
