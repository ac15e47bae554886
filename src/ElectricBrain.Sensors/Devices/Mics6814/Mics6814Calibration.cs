namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>The resistances of one unit in clean air. Units differ by a factor of up to 150 (MiCS-6814 datasheet 1143), so a ratio needs its own unit's.</summary>
public sealed record Mics6814Calibration
{
    /// <summary>Resistance of the oxidising element in ohm; the datasheet has 800 to 20,000.</summary>
    public required double OxidisingOhms { get; init; }

    /// <summary>Resistance of the reducing element in ohm; the datasheet has 100,000 to 1,500,000.</summary>
    public required double ReducingOhms { get; init; }

    /// <summary>Resistance of the ammonia element in ohm; the datasheet has 10,000 to 1,500,000.</summary>
    public required double AmmoniaOhms { get; init; }

    /// <summary>When the unit was calibrated.</summary>
    public required DateTimeOffset CalibratedAt { get; init; }

    /// <exception cref="ArgumentException">A resistance is none that the board can measure.</exception>
    internal void Validate()
    {
        foreach (var (name, ohms) in new[] { (nameof(OxidisingOhms), OxidisingOhms), (nameof(ReducingOhms), ReducingOhms), (nameof(AmmoniaOhms), AmmoniaOhms) })
        {
            if (!IsPlausible(ohms))
            {
                throw new ArgumentException($"{name} is {ohms}. It must be {Mics6814Divider.MinimumOhms} to {Mics6814Divider.MaximumOhms} ohm. Calibrate again.");
            }
        }
    }

    internal static bool IsPlausible(double ohms) => ohms is >= Mics6814Divider.MinimumOhms and <= Mics6814Divider.MaximumOhms;
}
