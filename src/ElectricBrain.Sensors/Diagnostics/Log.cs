using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Diagnostics;

/// <summary>The log messages of this package; event ids 1000-1099, never reused.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "{Sensor} delivers no values")]
    public static partial void SensorFailed(ILogger logger, Exception exception, string sensor);

    [LoggerMessage(1001, LogLevel.Information, "{Sensor} answers again after {Outage}")]
    public static partial void SensorRecovered(ILogger logger, string sensor, TimeSpan outage);

    [LoggerMessage(1002, LogLevel.Error, "No reading could be taken; it is tried again at every tick")]
    public static partial void SamplingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1010, LogLevel.Warning, "{Transfers} transfers in a row failed, whatever the chip: the I2C bus is opened anew")]
    public static partial void BusReopened(ILogger logger, int transfers);
}
