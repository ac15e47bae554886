namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>What drives the ALERT/RDY pin (ADS1015 datasheet, section 8.3.7). Reading a conversion releases a latched pin.</summary>
public sealed record Ads1015Comparator
{
    /// <summary>When the pin is asserted.</summary>
    /// <value>Default <see cref="Ads1015ComparatorMode.Hysteresis"/>.</value>
    public Ads1015ComparatorMode Mode { get; init; }

    /// <summary>The low threshold in V.</summary>
    public double LowVolts { get; init; }

    /// <summary>The high threshold in V, above <see cref="LowVolts"/>.</summary>
    public double HighVolts { get; init; }

    /// <summary>Whether the asserted pin is high; by default it is low, against a pull-up.</summary>
    public bool ActiveHigh { get; init; }

    /// <summary>Whether the pin stays asserted until a conversion is read.</summary>
    public bool Latching { get; init; }

    /// <summary>How many conversions in a row count.</summary>
    /// <value>Default <see cref="Ads1015ComparatorQueue.One"/>.</value>
    public Ads1015ComparatorQueue Queue { get; init; }

    internal void Validate()
    {
        SettingsGuard.ThrowIfUndefined(Mode, nameof(Mode));
        SettingsGuard.ThrowIfUndefined(Queue, nameof(Queue));
        if (Mode == Ads1015ComparatorMode.ConversionReady)
        {
            return;
        }

        if (!double.IsFinite(LowVolts) || !double.IsFinite(HighVolts) || HighVolts <= LowVolts)
        {
            throw new ArgumentException($"{nameof(HighVolts)} {HighVolts} V is not above {nameof(LowVolts)} {LowVolts} V. Raise the one or lower the other.");
        }
    }

    internal void ThrowIfBeyond(Ads1015Range range)
    {
        var limit = range.FullScaleVolts();
        if (Mode != Ads1015ComparatorMode.ConversionReady && (LowVolts < -limit || HighVolts >= limit))
        {
            throw new ArgumentException(
                $"The thresholds {LowVolts} V and {HighVolts} V do not fit the range of {limit} V. Measure with a wider {nameof(Ads1015Range)} or move the thresholds.");
        }
    }
}
