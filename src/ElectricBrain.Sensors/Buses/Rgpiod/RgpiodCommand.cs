namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>The commands in use (rgpiod.h, "Socket Command Codes").</summary>
internal enum RgpiodCommand : ushort
{
    FileOpen = 1,
    FileClose = 2,
    FileRead = 3,
    FileSeek = 5,
    ChipOpen = 10,
    ChipClose = 11,
    ClaimInput = 12,
    ClaimOutput = 13,
    FreePin = 15,
    ReadPin = 19,
    WritePin = 20,
    ChipInfo = 31,
    I2cOpen = 40,
    I2cClose = 41,
    I2cRead = 42,
    I2cWrite = 43,

    /// <summary>Several segments as one transaction: between them the start condition is repeated.</summary>
    I2cSegments = 57,
    SerialOpen = 90,
    SerialClose = 91,
    SerialRead = 94,
    SerialWrite = 95,
    SpiOpen = 100,
    SpiClose = 101,
    SpiRead = 102,
    SpiWrite = 103,
    SpiTransfer = 104,
    Version = 140,
}
