namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>Where rgpiod is, and which devices of its machine are those of the header. The defaults suit a Raspberry Pi Zero W.</summary>
public sealed class RgpiodHeaderOptions
{
    /// <summary>The port of rgpiod, unless it was started with <c>-p</c>.</summary>
    public const int DefaultPort = 8889;

    /// <summary>The name or address of the machine.</summary>
    public required string Host { get; set; }

    /// <summary>The TCP port.</summary>
    /// <value>Default <see cref="DefaultPort"/>.</value>
    public int Port { get; set; } = DefaultPort;

    /// <summary>The I2C bus (the N of <c>/dev/i2c-N</c>).</summary>
    /// <value>Default 1.</value>
    public int I2cBus { get; set; } = 1;

    /// <summary>The serial port on GPIO14 and GPIO15.</summary>
    /// <value>Default <c>/dev/serial0</c>, which the operating system points at it; a Raspberry Pi 5 needs <c>/dev/ttyAMA0</c>.</value>
    public string SerialPort { get; set; } = "/dev/serial0";

    /// <summary>The GPIO chip (the N of <c>/dev/gpiochipN</c>).</summary>
    /// <value>Default null: the one whose driver is that of a Raspberry Pi's header.</value>
    public int? GpioChip { get; set; }

    /// <summary>How long connecting may take.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request and its reply may take together.</summary>
    /// <value>Default 3 s.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromSeconds(3);

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Host) || Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            throw new ArgumentException($"{nameof(Host)} is '{Host}'. Give the name or the address of the machine that rgpiod runs on.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(I2cBus);
        ArgumentOutOfRangeException.ThrowIfNegative(GpioChip ?? 0, nameof(GpioChip));
        if (!Path.IsPathRooted(SerialPort) || SerialPort.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{nameof(SerialPort)} is '{SerialPort}'. Give a path such as /dev/serial0.");
        }

        ThrowIfNoTime(ConnectTimeout, nameof(ConnectTimeout));
        ThrowIfNoTime(TransferTimeout, nameof(TransferTimeout));
    }

    private static void ThrowIfNoTime(TimeSpan time, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromMilliseconds(1), name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromMinutes(5), name);
    }
}
