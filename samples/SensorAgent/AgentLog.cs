namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The log of the agent: event ids 5000 to 5999, stable once released.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(5000, LogLevel.Information, "Sampling the Enviro hat of {Host} ({Device}) every {Interval}, keeping the readings in {DataDirectory}.")]
    public static partial void Starting(this ILogger logger, string host, string device, TimeSpan interval, string dataDirectory);

    [LoggerMessage(5001, LogLevel.Warning, "SIMULATED: {Reason} All values are made up, and every record is marked as simulated.")]
    public static partial void Simulated(this ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Information, "The page is at {Url}")]
    public static partial void Listening(this ILogger logger, string url);

    [LoggerMessage(5003, LogLevel.Warning, "The page at {Url} can be reached from other machines, without a sign-in. Put a reverse proxy in front of it where that is too much.")]
    public static partial void Open(this ILogger logger, string url);

    [LoggerMessage(5004, LogLevel.Information, "Readings are shipped to {Elasticsearch} too; while it is away they are kept here.")]
    public static partial void Shipping(this ILogger logger, string elasticsearch);

    [LoggerMessage(5005, LogLevel.Information, "The hat is on another machine, and is read over its rgpiod at {Remote}. The way there is neither encrypted nor signed.")]
    public static partial void Remote(this ILogger logger, string remote);

    [LoggerMessage(5006, LogLevel.Warning, "The heat of the computer is not taken off the temperature yet: {Problem}")]
    public static partial void HeatNotKnown(this ILogger logger, string problem);

    [LoggerMessage(5007, LogLevel.Information, "The latest readings are published to {Broker} too, for Home Assistant and whoever else listens.")]
    public static partial void Publishing(this ILogger logger, string broker);

    [LoggerMessage(5008, LogLevel.Information, "Readings are written as lines of JSON to {Directory} too.")]
    public static partial void WritingLines(this ILogger logger, string directory);

    [LoggerMessage(5009, LogLevel.Information, "Metrics and log entries are sent to {Collector} too; what it does not take is not kept.")]
    public static partial void Exporting(this ILogger logger, string collector);

    [LoggerMessage(5011, LogLevel.Information, "Stopped after {Readings} readings; {Skipped} were skipped, since the one before them took too long.")]
    public static partial void SamplingStopped(this ILogger logger, long readings, long skipped);

    [LoggerMessage(5012, LogLevel.Error, "A reading could not be stored; it is tried again with the next.")]
    public static partial void StoringFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5020, LogLevel.Error, "Readings cannot be stored: {Problem} They wait in memory, up to {Maximum} records.")]
    public static partial void NotStoring(this ILogger logger, string problem, int maximum);

    [LoggerMessage(5021, LogLevel.Information, "Readings are stored again, {Records} records at once; {Lost} were lost since the start.")]
    public static partial void StoringAgain(this ILogger logger, int records, long lost);

    [LoggerMessage(5030, LogLevel.Information, "The readings are on the hat's display too; a tap on the light sensor turns the page.")]
    public static partial void LcdShown(this ILogger logger);

    [LoggerMessage(5031, LogLevel.Information, "There is no display: {Problem}")]
    public static partial void LcdMissing(this ILogger logger, string problem);

    [LoggerMessage(5032, LogLevel.Warning, "The display shows nothing: {Problem} It is tried again every 30 seconds.")]
    public static partial void LcdFailed(this ILogger logger, string problem);

    [LoggerMessage(5033, LogLevel.Error, "The display could not be drawn; it is tried again.")]
    public static partial void LcdNotDrawn(this ILogger logger, Exception exception);
}
