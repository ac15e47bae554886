using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>A MiCS-6814 and its load resistors: gases and heater in, the voltages of its three elements out.</summary>
public sealed class SimulatedMics6814
{
    /// <summary>How much higher the resistance of a cold element is.</summary>
    private const double ColdFactor = 20;
    private static readonly TimeSpan HeatingTime = TimeSpan.FromSeconds(30);

    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;
    private readonly int _heaterPin;
    private long? _heatedSince;

    /// <summary>Creates the sensor.</summary>
    /// <param name="scene">What it is exposed to.</param>
    /// <param name="gpio">The pins, for its heater; null for a heater that has always been on.</param>
    /// <param name="timeProvider">The clock of the scene and of the heater.</param>
    /// <param name="heaterPin">The pin of its heater.</param>
    public SimulatedMics6814(EnviroScene scene, SimulatedGpio? gpio = null, TimeProvider? timeProvider = null, int heaterPin = Mics6814Settings.EnviroHeaterPin)
    {
        ArgumentNullException.ThrowIfNull(scene);
        _scene = scene;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _heaterPin = heaterPin;
        if (gpio is null)
        {
            _heatedSince = long.MinValue;
        }
        else
        {
            gpio.Written += SwitchHeater;
        }
    }

    /// <summary>The resistances in clean air of this unit.</summary>
    public Mics6814Calibration CleanAir { get; } = new()
    {
        OxidisingOhms = 12_000,
        ReducingOhms = 330_000,
        AmmoniaOhms = 190_000,
        CalibratedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Whether its elements are disconnected, so that the load resistors pull the pins to the supply.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether its heater is on.</summary>
    public bool IsHeated => _heatedSince is not null;

    /// <summary>The voltage at a pin, to be wired to a <see cref="SimulatedAds1015"/>: 0 oxidising, 1 reducing, 2 ammonia, 3 unused.</summary>
    public double VoltageAt(int pin, DateTimeOffset time)
    {
        if (pin == 3)
        {
            return 0;
        }

        return IsOpen ? Mics6814Divider.SupplyVolts : Mics6814Divider.Volts(OhmsAt(pin, _scene.At(time).Gas) * Coldness());
    }

    private double OhmsAt(int pin, GasConcentrations gas) => pin switch
    {
        0 => CleanAir.OxidisingOhms * Ratio(Mics6814Gas.NitrogenDioxide, gas.NitrogenDioxidePpm),
        1 => CleanAir.ReducingOhms * Ratio(Mics6814Gas.CarbonMonoxide, gas.CarbonMonoxidePpm),
        _ => CleanAir.AmmoniaOhms * Ratio(Mics6814Gas.Ammonia, gas.AmmoniaPpm),
    };

    private static double Ratio(Mics6814Gas gas, double ppm) => Math.Clamp(Mics6814Curve.Of(gas).Ratio(ppm), 0.001, 1_000);

    private double Coldness() => _heatedSince switch
    {
        null => ColdFactor,
        long.MinValue => 1,
        { } since => 1 + (ColdFactor - 1) * Math.Exp(-(_timeProvider.GetElapsedTime(since) / HeatingTime)),
    };

    private void SwitchHeater(int pin, bool high)
    {
        if (pin == _heaterPin)
        {
            _heatedSince = high ? _heatedSince ?? _timeProvider.GetTimestamp() : null;
        }
    }
}
