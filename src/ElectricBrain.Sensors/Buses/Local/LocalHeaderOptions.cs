namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Which of this machine's devices are those of the 40-pin header. The defaults suit every Raspberry Pi.</summary>
public sealed class LocalHeaderOptions
{
    /// <summary>The bus on GPIO2 and GPIO3.</summary>
    public const int DefaultI2cBus = 1;

    /// <summary>The I2C bus (the N of <c>/dev/i2c-N</c>).</summary>
    /// <value>Default <see cref="DefaultI2cBus"/>.</value>
    public int I2cBus { get; set; } = DefaultI2cBus;

    /// <summary>The serial port on GPIO14 and GPIO15, such as <c>/dev/ttyAMA0</c>.</summary>
    /// <value>Default null: <c>/dev/serial0</c>, which the operating system points at it; <c>/dev/ttyAMA0</c> on a Raspberry Pi 5, where the former is the debug connector.</value>
    public string? SerialPort { get; set; }

    /// <summary>The GPIO chip (the N of <c>/dev/gpiochipN</c>).</summary>
    /// <value>Default null: the one whose driver is that of a Raspberry Pi's header.</value>
    public int? GpioChip { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(I2cBus);
        ArgumentOutOfRangeException.ThrowIfNegative(GpioChip ?? 0, nameof(GpioChip));
        if (SerialPort is not null && !Path.IsPathRooted(SerialPort))
        {
            throw new ArgumentException($"{nameof(SerialPort)} is '{SerialPort}'. Give a path such as /dev/ttyAMA0, or null.");
        }
    }
}
