namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>How a PMS5003 is used.</summary>
public sealed record Pms5003Settings
{
    /// <summary>The port of the 40-pin header, where Bluetooth does not hold it (overlay <c>pi3-miniuart-bt</c> or <c>disable-bt</c>).</summary>
    public const string EnviroPort = "/dev/ttyAMA0";

    /// <summary>The pin that switches the sensor on, on the Enviro+.</summary>
    public const int EnviroEnablePin = 22;

    /// <summary>The pin that resets the sensor, on the Enviro+.</summary>
    public const int EnviroResetPin = 27;

    /// <summary>When the sensor sends its values.</summary>
    /// <value>Default <see cref="Pms5003Mode.Active"/>.</value>
    public Pms5003Mode Mode { get; init; } = Pms5003Mode.Active;

    /// <summary>The pin that switches the sensor on, high for on; null where it is not wired.</summary>
    /// <value>Default <see cref="EnviroEnablePin"/>; used only where the sensor is given pins.</value>
    public int? EnablePin { get; init; } = EnviroEnablePin;

    /// <summary>The pin that resets the sensor, low for reset; null where it is not wired.</summary>
    /// <value>Default <see cref="EnviroResetPin"/>; used only where the sensor is given pins.</value>
    public int? ResetPin { get; init; } = EnviroResetPin;

    /// <summary>How long the fan must run until values can be trusted (Plantower manual: 30 s at least).</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        SettingsGuard.ThrowIfUndefined(Mode, nameof(Mode));
        if (WarmUp < TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(WarmUp)} is {WarmUp}. It cannot be negative.");
        }

        if (EnablePin < 0 || ResetPin < 0)
        {
            throw new ArgumentException($"{nameof(EnablePin)} is {EnablePin} and {nameof(ResetPin)} is {ResetPin}. They are numbers of a GPIO, or null.");
        }
    }
}
