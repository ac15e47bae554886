using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation;

/// <summary>The chips of an Enviro hat, simulated on a bus: open <see cref="Bus"/> with <see cref="EnviroHat"/> and set faults on the chips.</summary>
public sealed class SimulatedEnviro
{
    /// <summary>Creates the chips, connected and powered.</summary>
    /// <param name="scene">What they are exposed to; by default a <see cref="DayCycleScene"/>.</param>
    /// <param name="timeProvider">The clock of the scene and of the chips.</param>
    /// <param name="bme280Address">The address of the BME280.</param>
    public SimulatedEnviro(EnviroScene? scene = null, TimeProvider? timeProvider = null, int bme280Address = Bme280Sensor.DefaultAddress)
    {
        scene ??= new DayCycleScene();
        timeProvider ??= TimeProvider.System;
        Bme280 = new SimulatedBme280(scene, timeProvider, bme280Address);
        Ltr559 = new SimulatedLtr559(scene, timeProvider);
        Bus = new SimulatedI2cBus(EnviroHatOptions.DefaultBusId, Bme280, Ltr559);
    }

    /// <summary>The bus with both chips.</summary>
    public SimulatedI2cBus Bus { get; }

    /// <summary>The chip of temperature, humidity and pressure.</summary>
    public SimulatedBme280 Bme280 { get; }

    /// <summary>The chip of illuminance and proximity.</summary>
    public SimulatedLtr559 Ltr559 { get; }
}
