namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>How an ADS1015 or ADS1115 converts.</summary>
public sealed record Ads1015Settings
{
    /// <summary>Conversions per second of an ADS1015.</summary>
    /// <value>Default <see cref="Ads1015Rate.Sps1600"/>, the chip's own.</value>
    public Ads1015Rate Rate { get; init; } = Ads1015Rate.Sps1600;

    /// <summary>Conversions per second where an ADS1115 is fitted.</summary>
    /// <value>Default <see cref="Ads1115Rate.Sps128"/>, the chip's own.</value>
    public Ads1115Rate Ads1115Rate { get; init; } = Ads1115Rate.Sps128;

    /// <summary>What drives the ALERT/RDY pin.</summary>
    /// <value>Default null: nothing, the pin floats.</value>
    public Ads1015Comparator? Comparator { get; init; }

    internal int SamplesPerSecond(Ads1015Model model) => model == Ads1015Model.Ads1115 ? Ads1115Rate.PerSecond() : Rate.PerSecond();

    internal void Validate()
    {
        SettingsGuard.ThrowIfUndefined(Rate, nameof(Rate));
        SettingsGuard.ThrowIfUndefined(Ads1115Rate, nameof(Ads1115Rate));
        Comparator?.Validate();
    }
}
