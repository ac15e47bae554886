using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>A simulated hat with everything on it behind faults; each seed has other settings.</summary>
internal sealed class SoakHat : IDisposable
{
    public SoakHat(int seed, FaultPlan faults, TimeProvider clock)
    {
        Scene = new SoakScene(seed);
        Simulated = new SimulatedEnviro(Scene, clock, seed: seed);
        Hat = EnviroHat.OpenOn(faults.On(Simulated.Header), OptionsOf(seed), clock);
    }

    public EnviroScene Scene { get; }

    public SimulatedEnviro Simulated { get; }

    public EnviroHat Hat { get; }

    public void Dispose() => Hat.Dispose();

    private static EnviroHatOptions OptionsOf(int seed) => new()
    {
        Board = EnviroBoard.EnviroPlus,
        Bme280 = new Bme280Settings
        {
            Mode = seed % 2 == 0 ? Bme280Mode.Forced : Bme280Mode.Normal,
            Temperature = (Bme280Oversampling)(1 + seed % 5),
            Pressure = (Bme280Oversampling)(1 + seed / 2 % 5),
            Humidity = (Bme280Oversampling)(1 + seed / 3 % 5),
            Standby = Bme280Standby.Us500,
        },
        Ltr559 = new Ltr559Settings
        {
            Integration = seed % 3 == 0 ? Ltr559Integration.Ms50 : Ltr559Integration.Ms100,
            LedPulses = 1 + seed % 15,
        },
        Mics6814 = new Mics6814Settings { WarmUp = TimeSpan.FromMinutes(1) },
        Pms5003 = new Pms5003Settings { WarmUp = TimeSpan.FromSeconds(5) },
    };
}
