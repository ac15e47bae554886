namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>How a MiCS-6814 is used.</summary>
public sealed record Mics6814Settings
{
    /// <summary>The pin that switches the heater on the Enviro+.</summary>
    public const int EnviroHeaterPin = 24;

    /// <summary>The pin that switches the heater, high for on.</summary>
    /// <value>Default <see cref="EnviroHeaterPin"/>.</value>
    public int HeaterPin { get; init; } = EnviroHeaterPin;

    /// <summary>How long the heater must be on until the elements are taken to be in equilibrium. A new sensor drifts for two days more.</summary>
    /// <value>Default 10 minutes.</value>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The resistances of this unit in clean air, see <see cref="Mics6814Sensor.CalibrateAsync"/>.</summary>
    /// <value>Default null: resistances only, neither ratios nor concentrations.</value>
    public Mics6814Calibration? Calibration { get; init; }

    internal void Validate()
    {
        if (HeaterPin < 0)
        {
            throw new ArgumentException($"{nameof(HeaterPin)} is {HeaterPin}. It is the number of a GPIO, on the Enviro+ {EnviroHeaterPin}.");
        }

        if (WarmUp < TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(WarmUp)} is {WarmUp}. It cannot be negative.");
        }

        Calibration?.Validate();
    }
}
