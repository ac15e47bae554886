namespace ElectricBrain.Sensors.Devices.St7735;

/// <summary>Where a panel of 80 x 160 pixels is and how it is used. The defaults are those of the Enviro hats.</summary>
public sealed record St7735Settings
{
    /// <summary>The SPI bus (the N of <c>/dev/spidevN.M</c>).</summary>
    /// <value>Default 0.</value>
    public int BusId { get; init; }

    /// <summary>The chip select (the M of <c>/dev/spidevN.M</c>).</summary>
    /// <value>Default 1.</value>
    public int ChipSelect { get; init; } = 1;

    /// <summary>The clock in Hz. The datasheet's limit for writing is 15 MHz.</summary>
    /// <value>Default 10 MHz.</value>
    public int ClockHertz { get; init; } = 10_000_000;

    /// <summary>The pin that tells data from commands, high for data.</summary>
    /// <value>Default 9, which is the MISO of the bus: the panel cannot be read.</value>
    public int DataPin { get; init; } = 9;

    /// <summary>The pin of the backlight, high for on; null where a PWM channel drives it or it is always on.</summary>
    /// <value>Default 12.</value>
    public int? BacklightPin { get; init; } = 12;

    /// <summary>How the picture lies on the panel.</summary>
    /// <value>Default <see cref="St7735Rotation.Degrees270"/>.</value>
    public St7735Rotation Rotation { get; init; } = St7735Rotation.Degrees270;

    /// <summary>The longest transfer that the kernel takes (<c>/sys/module/spidev/parameters/bufsiz</c>), in bytes.</summary>
    /// <value>Default 4096, the kernel's.</value>
    public int MaximumTransferBytes { get; init; } = 4_096;

    internal int Width => Rotation.IsLandscape() ? St7735Commands.Rows : St7735Commands.Columns;

    internal int Height => Rotation.IsLandscape() ? St7735Commands.Columns : St7735Commands.Rows;

    internal void Validate()
    {
        SettingsGuard.ThrowIfUndefined(Rotation, nameof(Rotation));
        if (ClockHertz is < 1 or > 15_000_000)
        {
            throw new ArgumentException($"{nameof(ClockHertz)} is {ClockHertz}. It must be 1 to 15,000,000.");
        }

        if (MaximumTransferBytes < 16)
        {
            throw new ArgumentException($"{nameof(MaximumTransferBytes)} is {MaximumTransferBytes}. It must be 16 or more.");
        }

        if (BusId < 0 || ChipSelect < 0 || DataPin < 0 || BacklightPin < 0)
        {
            throw new ArgumentException($"{nameof(BusId)}, {nameof(ChipSelect)}, {nameof(DataPin)} and {nameof(BacklightPin)} cannot be negative.");
        }
    }
}
