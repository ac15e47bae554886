namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>What rgpiod answers where it could not do as asked (lgpio.h, "Error Codes"); results are not negative.</summary>
internal static class RgpiodStatus
{
    public const int NoHandle = -4;
    public const int BadHandle = -5;
    public const int NotPermitted = -7;
    public const int GpioInUse = -11;
    public const int NoMemory = -18;
    public const int I2cOpenFailed = -26;
    public const int SerialOpenFailed = -27;
    public const int SpiOpenFailed = -28;
    public const int BadI2cBus = -29;
    public const int BadI2cAddress = -30;
    public const int BadSerialSpeed = -37;
    public const int I2cWriteFailed = -41;
    public const int I2cReadFailed = -42;
    public const int BadSpiCount = -43;
    public const int SerialWriteFailed = -44;
    public const int SerialReadFailed = -45;
    public const int SerialNoData = -46;
    public const int UnknownCommand = -47;
    public const int SpiTransferFailed = -48;
    public const int I2cSegmentFailed = -53;
    public const int FileOpenFailed = -58;
    public const int NoFileAccess = -67;
    public const int BadGpioNumber = -73;
    public const int CannotOpenChip = -78;
    public const int GpioBusy = -79;
    public const int GpioNotAllocated = -80;
    public const int SpiSettingFailed = -88;
    public const int NoPermissions = -93;

    /// <summary>What a status means, as the middle of a sentence.</summary>
    public static string Describe(int status) => status switch
    {
        NoHandle or NoMemory => "it has no room for another handle",
        BadHandle => "it does not know the handle",
        NotPermitted or NoPermissions => "its access control forbids it",
        GpioInUse or GpioBusy => "another program holds the pin",
        I2cOpenFailed => "a driver of its kernel holds the address",
        SerialOpenFailed => "the port is missing or forbidden",
        SpiOpenFailed => "the device is missing or forbidden",
        BadI2cBus => "the bus is missing or forbidden",
        BadI2cAddress => "there is no such address",
        BadSerialSpeed => "the port cannot have this speed",
        I2cWriteFailed or I2cReadFailed or I2cSegmentFailed => "the chip does not acknowledge, or the bus hangs",
        BadSpiCount => "so many bytes are too many",
        SerialWriteFailed or SerialReadFailed => "the port is gone",
        SerialNoData => "nothing has arrived",
        UnknownCommand => "it does not know the command; a newer version may",
        SpiTransferFailed => "its kernel refuses the transfer",
        FileOpenFailed => "the file is missing or forbidden",
        NoFileAccess => "its access control forbids the file",
        BadGpioNumber => "the chip has no such pin",
        CannotOpenChip => "the chip is missing or forbidden",
        GpioNotAllocated => "the pin is not open",
        SpiSettingFailed => "the device cannot have this mode or clock",
        _ => "see its list of error codes",
    } + $" (error {status})";
}
