namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>
/// What asserts the INT pin, so that a program can wait for a pin instead of polling (LTR-559 datasheet, register 0x8F).
/// The pin is an open drain and needs a pull-up.
/// </summary>
public sealed record Ltr559Interrupt
{
    /// <summary>
    /// Limits of the light, in counts of its channels as they are, before gain and integration time: a fixed gain is needed.
    /// </summary>
    /// <value>Default null: light asserts nothing.</value>
    public Ltr559Thresholds? Light { get; init; }

    /// <summary>Limits of the proximity in counts.</summary>
    /// <value>Default null: proximity asserts nothing.</value>
    public Ltr559Thresholds? Proximity { get; init; }

    /// <summary>Whether the asserted pin is high; by default it is low.</summary>
    public bool ActiveHigh { get; init; }

    /// <exception cref="ArgumentException">The thresholds contradict each other or the settings.</exception>
    internal void Validate(Ltr559Settings settings)
    {
        Light?.Validate($"{nameof(Ltr559Settings.Interrupt)}.{nameof(Light)}", Ltr559GainRange.FullScale);
        Proximity?.Validate($"{nameof(Ltr559Settings.Interrupt)}.{nameof(Proximity)}", Ltr559Registers.ProximityFullScale);
        if (Light is not null && settings.AutoRange)
        {
            throw new ArgumentException($"{nameof(Light)} thresholds are counts, whose meaning changes with the gain. Switch {nameof(Ltr559Settings.AutoRange)} off.");
        }

        if (Proximity is not null && !settings.Proximity)
        {
            throw new ArgumentException($"{nameof(Proximity)} thresholds need the proximity sensor. Switch {nameof(Ltr559Settings)}.{nameof(Ltr559Settings.Proximity)} on.");
        }
    }
}
