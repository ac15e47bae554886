using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Simulation;

/// <summary>
/// The chips of an Enviro hat, simulated on a board and exposed to one scene: open <see cref="Header"/> with
/// <see cref="EnviroHat"/> and set faults on the chips.
/// </summary>
public sealed class SimulatedEnviro
{
    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates the chips, connected and powered.</summary>
    /// <param name="scene">What they are exposed to; by default a <see cref="DayCycleScene"/>.</param>
    /// <param name="timeProvider">The clock of the scene and of the chips.</param>
    /// <param name="bme280Address">The address of the BME280.</param>
    /// <param name="board">The model; an Enviro mini has no chip for gases.</param>
    /// <param name="seed">The same seed gives the same noises and faults.</param>
    public SimulatedEnviro(
        EnviroScene? scene = null,
        TimeProvider? timeProvider = null,
        int bme280Address = Bme280Sensor.DefaultAddress,
        EnviroBoard board = EnviroBoard.EnviroPlus,
        int seed = 0)
    {
        _scene = scene ??= new DayCycleScene();
        _timeProvider = timeProvider ??= TimeProvider.System;
        Gpio = new SimulatedGpio();
        Bme280 = new SimulatedBme280(new HeatedScene(scene, HeatCompensation), timeProvider, bme280Address);
        Ltr559 = new SimulatedLtr559(scene, timeProvider);
        Mics6814 = new SimulatedMics6814(scene, Gpio, timeProvider);
        Ads1015 = new SimulatedAds1015(Mics6814.VoltageAt, timeProvider) { IsConnected = board == EnviroBoard.EnviroPlus };
        Pms5003 = new SimulatedPms5003(scene, Gpio, timeProvider, seed);
        Display = new SimulatedSt7735(Gpio, timeProvider);
        Microphone = new SimulatedSoundSource(scene, timeProvider, seed);
        Bus = new SimulatedI2cBus(LocalHeaderOptions.DefaultI2cBus, Bme280, Ltr559, Ads1015);
        Header = new SimulatedHeader(this);
    }

    /// <summary>The board's header with everything below.</summary>
    public BoardHeader Header { get; }

    /// <summary>The bus with the chips of climate, light and gases.</summary>
    public SimulatedI2cBus Bus { get; }

    /// <summary>The pins.</summary>
    public SimulatedGpio Gpio { get; }

    /// <summary>The chip of temperature, humidity and pressure. The processor warms it as <see cref="HeatCompensation"/> says.</summary>
    public SimulatedBme280 Bme280 { get; }

    /// <summary>The chip of illuminance and proximity.</summary>
    public SimulatedLtr559 Ltr559 { get; }

    /// <summary>The converter of the gas sensor.</summary>
    public SimulatedAds1015 Ads1015 { get; }

    /// <summary>The gas sensor.</summary>
    public SimulatedMics6814 Mics6814 { get; }

    /// <summary>The particle sensor on the serial port.</summary>
    public SimulatedPms5003 Pms5003 { get; }

    /// <summary>The display on the SPI bus.</summary>
    public SimulatedSt7735 Display { get; }

    /// <summary>The microphone.</summary>
    public SimulatedSoundSource Microphone { get; }

    /// <summary>What takes the processor's heat off exactly, in every simulated hat.</summary>
    public static HeatCompensation HeatCompensation { get; } = new() { Factor = 2.25 };

    internal double? CpuTemperatureCelsius => _scene.At(_timeProvider.GetLocalNow()).CpuTemperatureCelsius;
}
