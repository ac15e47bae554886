namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>How a BME280 measures. The defaults are the datasheet's suggestion for weather monitoring (section 3.5.1).</summary>
public sealed record Bme280Settings
{
    /// <summary>When the chip measures.</summary>
    /// <value>Default <see cref="Bme280Mode.Forced"/>.</value>
    public Bme280Mode Mode { get; init; } = Bme280Mode.Forced;

    /// <summary>Oversampling of the temperature. It cannot be skipped: pressure and humidity are compensated with it.</summary>
    /// <value>Default <see cref="Bme280Oversampling.X1"/>.</value>
    public Bme280Oversampling Temperature { get; init; } = Bme280Oversampling.X1;

    /// <summary>Oversampling of the pressure.</summary>
    /// <value>Default <see cref="Bme280Oversampling.X1"/>.</value>
    public Bme280Oversampling Pressure { get; init; } = Bme280Oversampling.X1;

    /// <summary>Oversampling of the humidity.</summary>
    /// <value>Default <see cref="Bme280Oversampling.X1"/>.</value>
    public Bme280Oversampling Humidity { get; init; } = Bme280Oversampling.X1;

    /// <summary>Low-pass filter over temperature and pressure.</summary>
    /// <value>Default <see cref="Bme280Filter.Off"/>.</value>
    public Bme280Filter Filter { get; init; } = Bme280Filter.Off;

    /// <summary>Pause between two measurements; used in normal mode only.</summary>
    /// <value>Default <see cref="Bme280Standby.Ms500"/>.</value>
    public Bme280Standby Standby { get; init; } = Bme280Standby.Ms500;

    /// <summary>The longest time that one measurement takes with these settings (datasheet, appendix B).</summary>
    public TimeSpan MeasurementTime => TimeSpan.FromMilliseconds(
        1.25
        + 2.3 * Conversions(Temperature)
        + (Pressure == Bme280Oversampling.Skip ? 0 : 2.3 * Conversions(Pressure) + 0.575)
        + (Humidity == Bme280Oversampling.Skip ? 0 : 2.3 * Conversions(Humidity) + 0.575));

    /// <summary>The value of <see cref="Standby"/> as a time.</summary>
    internal TimeSpan StandbyTime => TimeSpan.FromMilliseconds(Standby switch
    {
        Bme280Standby.Us500 => 0.5,
        Bme280Standby.Us62500 => 62.5,
        Bme280Standby.Ms125 => 125,
        Bme280Standby.Ms250 => 250,
        Bme280Standby.Ms500 => 500,
        Bme280Standby.Ms1000 => 1000,
        Bme280Standby.Ms10 => 10,
        _ => 20,
    });

    internal void Validate()
    {
        if (Temperature == Bme280Oversampling.Skip)
        {
            throw new ArgumentException($"{nameof(Temperature)} cannot be skipped: pressure and humidity are compensated with it. Use {nameof(Bme280Oversampling.X1)} or more.");
        }

        SettingsGuard.ThrowIfUndefined(Mode, nameof(Mode));
        SettingsGuard.ThrowIfUndefined(Temperature, nameof(Temperature));
        SettingsGuard.ThrowIfUndefined(Pressure, nameof(Pressure));
        SettingsGuard.ThrowIfUndefined(Humidity, nameof(Humidity));
        SettingsGuard.ThrowIfUndefined(Filter, nameof(Filter));
        SettingsGuard.ThrowIfUndefined(Standby, nameof(Standby));
    }

    private static int Conversions(Bme280Oversampling oversampling) => 1 << ((int)oversampling - 1);
}
