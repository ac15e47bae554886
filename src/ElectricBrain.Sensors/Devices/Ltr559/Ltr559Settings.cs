namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>How an LTR-559 measures (LTR-559ALS-01 datasheet).</summary>
public sealed record Ltr559Settings
{
    /// <summary>Gain of the light sensor: the fixed one, or the one to start with when <see cref="AutoRange"/> is on.</summary>
    /// <value>Default <see cref="Ltr559Gain.X4"/>.</value>
    public Ltr559Gain Gain { get; init; } = Ltr559Gain.X4;

    /// <summary>Whether the gain follows the light, from moonlight to full sun.</summary>
    /// <value>Default true.</value>
    public bool AutoRange { get; init; } = true;

    /// <summary>How long light is collected for one value.</summary>
    /// <value>Default <see cref="Ltr559Integration.Ms100"/>.</value>
    public Ltr559Integration Integration { get; init; } = Ltr559Integration.Ms100;

    /// <summary>How often a value is delivered; not shorter than <see cref="Integration"/>.</summary>
    /// <value>Default <see cref="Ltr559Repeat.Ms100"/>.</value>
    public Ltr559Repeat Repeat { get; init; } = Ltr559Repeat.Ms100;

    /// <summary>Whether the proximity sensor runs. Its LED takes a few milliamperes on average.</summary>
    /// <value>Default true.</value>
    public bool Proximity { get; init; } = true;

    /// <summary>Current of the proximity LED.</summary>
    /// <value>Default <see cref="Ltr559LedCurrent.Ma50"/>.</value>
    public Ltr559LedCurrent LedCurrent { get; init; } = Ltr559LedCurrent.Ma50;

    /// <summary>Pulses of the proximity LED per measurement, 1 to 15; more reach further.</summary>
    /// <value>Default 1.</value>
    public int LedPulses { get; init; } = 1;

    /// <summary>What is subtracted from the proximity, for light that the case reflects, 0 to 1023 (register 0x94).</summary>
    /// <value>Default 0.</value>
    public int ProximityOffsetCounts { get; init; }

    /// <summary>What asserts the INT pin.</summary>
    /// <value>Default null: nothing.</value>
    public Ltr559Interrupt? Interrupt { get; init; }

    internal int IntegrationMilliseconds => Integration switch
    {
        Ltr559Integration.Ms50 => 50,
        Ltr559Integration.Ms150 => 150,
        Ltr559Integration.Ms200 => 200,
        Ltr559Integration.Ms250 => 250,
        Ltr559Integration.Ms300 => 300,
        Ltr559Integration.Ms350 => 350,
        Ltr559Integration.Ms400 => 400,
        _ => 100,
    };

    internal int RepeatMilliseconds => Repeat switch
    {
        Ltr559Repeat.Ms50 => 50,
        Ltr559Repeat.Ms200 => 200,
        Ltr559Repeat.Ms500 => 500,
        Ltr559Repeat.Ms1000 => 1000,
        Ltr559Repeat.Ms2000 => 2000,
        _ => 100,
    };

    internal void Validate()
    {
        SettingsGuard.ThrowIfUndefined(Gain, nameof(Gain));
        SettingsGuard.ThrowIfUndefined(Integration, nameof(Integration));
        SettingsGuard.ThrowIfUndefined(Repeat, nameof(Repeat));
        SettingsGuard.ThrowIfUndefined(LedCurrent, nameof(LedCurrent));
        if (RepeatMilliseconds < IntegrationMilliseconds)
        {
            throw new ArgumentException($"{nameof(Repeat)} {RepeatMilliseconds} ms is shorter than {nameof(Integration)} {IntegrationMilliseconds} ms. Lengthen the one or shorten the other.");
        }

        if (LedPulses is < 1 or > 15)
        {
            throw new ArgumentException($"{nameof(LedPulses)} is {LedPulses}. It must be 1 to 15.");
        }

        if (ProximityOffsetCounts is < 0 or > 1023)
        {
            throw new ArgumentException($"{nameof(ProximityOffsetCounts)} is {ProximityOffsetCounts}. It must be 0 to 1023.");
        }

        Interrupt?.Validate(this);
    }
}
