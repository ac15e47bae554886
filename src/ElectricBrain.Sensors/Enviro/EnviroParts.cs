using System.Device.Gpio;
using System.Device.I2c;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>The sensors that a hat has and the options ask for, each with its own life.</summary>
internal sealed class EnviroParts : IDisposable
{
    private readonly I2cBus _bus;
    private readonly BoardHeader? _header;
    private GpioController? _gpio;

    /// <param name="bus">The bus of the chips. Disposed with the parts.</param>
    /// <param name="header">The rest of the header; null where there is only the bus. Disposed with the parts.</param>
    /// <param name="options">What is asked for, and how it measures.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told of faults and their end.</param>
    public EnviroParts(I2cBus bus, BoardHeader? header, EnviroHatOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _bus = bus;
        _header = header;
        Climate = Channel("BME280", new Bme280Sensor(bus.CreateDevice(options.Bme280Address), options.Bme280, timeProvider));
        Light = Channel("LTR559", new Ltr559Sensor(bus.CreateDevice(Ltr559Sensor.DefaultAddress), options.Ltr559, timeProvider));
        var converter = new Ads1015Converter(bus.CreateDevice(Ads1015Converter.EnviroAddress), timeProvider: timeProvider);
        Board = options.Board ?? Detect(converter);
        if (Board == EnviroBoard.EnviroPlus && header is not null && options.Mics6814 is { } gas)
        {
            Gas = Channel("MICS6814", new DeferredSensor<Mics6814Reading>(() => GasSensor = new Mics6814Sensor(converter, OpenGpio(), gas, timeProvider), converter));
        }
        else
        {
            converter.Dispose();
        }

        if (header is not null && options.Pms5003 is { } particles)
        {
            Particles = Channel("PMS5003", new BackgroundStart<Pms5003Reading>(new DeferredSensor<Pms5003Reading>(() => new Pms5003Sensor(
                () => header.OpenSerial(Pms5003Sensor.BaudRate),
                $"the serial port of {header.Name}",
                particles.EnablePin is null && particles.ResetPin is null ? null : OpenGpio(),
                particles,
                timeProvider))));
        }

        if (options.Sound is { } sound && header?.CreateMicrophone(options.MicrophoneDevice, timeProvider) is { } microphone)
        {
            Sound = new SoundChannel(microphone, sound, timeProvider, logger);
        }

        Cpu = Channel("CPU", new CpuThermometer(header, timeProvider));

        SensorChannel<TReading> Channel<TReading>(string name, ISampledSensor<TReading> sensor)
            where TReading : struct => new(name, sensor, timeProvider, logger);
    }

    public EnviroBoard Board { get; }

    public EnviroSensors Sensors => EnviroSensors.Bme280 | EnviroSensors.Ltr559
        | (Gas is null ? 0 : EnviroSensors.Mics6814)
        | (Particles is null ? 0 : EnviroSensors.Pms5003)
        | (Sound is null ? 0 : EnviroSensors.Microphone);

    public SensorChannel<Bme280Reading> Climate { get; }

    public SensorChannel<Ltr559Reading> Light { get; }

    public SensorChannel<Mics6814Reading>? Gas { get; }

    public SensorChannel<Pms5003Reading>? Particles { get; }

    public SoundChannel? Sound { get; }

    public SensorChannel<double> Cpu { get; }

    /// <summary>The driver of <see cref="Gas"/>, once it is in use.</summary>
    public Mics6814Sensor? GasSensor { get; private set; }

    /// <summary>Looks what is there. The microphone is not looked for: it says nothing about a hat.</summary>
    /// <exception cref="SensorException">Nothing is.</exception>
    public void ThrowIfNothingUsable()
    {
        var particles = Particles?.Probe();
        var hasParticles = Particles is not null && particles is null;
        if (_bus is ReopeningI2cBus { Fault: { } fault } && !hasParticles)
        {
            throw fault;
        }

        var (climate, light, gas) = (Climate.Probe(), Light.Probe(), Gas?.Probe());
        var hasGas = Gas is not null && gas is null;
        if (climate is null || light is null || hasGas || hasParticles)
        {
            return;
        }

        // Every model of the hat has the BME280: its fault leads.
        var messages = new[] { climate, light, gas, particles }.OfType<SensorException>().Select(static problem => problem.Message);
        throw new SensorException(climate.Fault, $"No Enviro hat found. {string.Join(' ', messages)}", climate.BusId, climate.Address, climate);
    }

    /// <summary>Puts what answers to sleep and closes everything.</summary>
    public void Dispose()
    {
        Sound?.Dispose();
        Particles?.Dispose();
        Gas?.Dispose();
        Light.Dispose();
        Climate.Dispose();
        _gpio?.Dispose();
        _bus.Dispose();
        _header?.Dispose();
    }

    /// <summary>Only the Enviro+ has a converter. One that answers wrongly is one with a fault.</summary>
    private static EnviroBoard Detect(Ads1015Converter converter)
    {
        try
        {
            converter.Identify();
            return EnviroBoard.EnviroPlus;
        }
        catch (SensorException exception)
        {
            return exception.Fault == SensorFault.NoAnswer ? EnviroBoard.EnviroMini : EnviroBoard.EnviroPlus;
        }
    }

    private GpioController OpenGpio() => _gpio ??= _header!.OpenGpio();
}
