using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Diagnostics;

/// <summary>The log of the package: event ids 3000 to 3999, stable once released.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(3000, LogLevel.Information, "The outbox {Directory} is open: {Pending} records up to sequence {Sequence} await the slowest sink.")]
    public static partial void OutboxOpened(this ILogger logger, string directory, long pending, long sequence);

    [LoggerMessage(3001, LogLevel.Error, "Nothing could be read in {File} of the outbox {Directory}; it is kept there under the name {File}.damaged.")]
    public static partial void SegmentDamaged(this ILogger logger, string directory, string file);

    [LoggerMessage(3002, LogLevel.Warning, "The machine went down while the outbox {Directory} was open: what it kept of the delivered records, from sequence {Sequence} on, is delivered again.")]
    public static partial void OutboxReplayed(this ILogger logger, string directory, long sequence);

    [LoggerMessage(3003, LogLevel.Information, "The clock was not set since the machine started: records are stored, and delivered once it is, or after {Patience}.")]
    public static partial void ClockAwaited(this ILogger logger, TimeSpan patience);

    [LoggerMessage(3004, LogLevel.Information, "The clock is {State}: records that were held are dated and delivered.")]
    public static partial void ClockDecided(this ILogger logger, ClockState state);

    [LoggerMessage(3005, LogLevel.Error, "How to date the held records could not be stored in the outbox {Directory}; it is tried again.")]
    public static partial void ClockNotSaved(this ILogger logger, Exception exception, string directory);

    [LoggerMessage(3010, LogLevel.Warning, "The sink {Sink} does not take records; they are kept and offered again. {Error}")]
    public static partial void SinkFailed(this ILogger logger, string sink, string error);

    [LoggerMessage(3011, LogLevel.Information, "The sink {Sink} takes records again.")]
    public static partial void SinkRecovered(this ILogger logger, string sink);

    [LoggerMessage(3012, LogLevel.Information, "The sink {Sink} did not take {Count} records at once; half of them are tried. {Reason}")]
    public static partial void BatchSplit(this ILogger logger, string sink, int count, string reason);

    [LoggerMessage(3013, LogLevel.Warning, "The sink {Sink} refused {Late} records as late and {Rejected} for other reasons; they are kept in {File} of the outbox.")]
    public static partial void RecordsKeptAside(this ILogger logger, string sink, int late, int rejected, string file);

    [LoggerMessage(3014, LogLevel.Error, "The delivery to the sink {Sink} failed; it is tried again.")]
    public static partial void PumpFailed(this ILogger logger, Exception exception, string sink);

    [LoggerMessage(3015, LogLevel.Warning, "The position of the sink {Sink} could not be saved; its last records will be offered again.")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception, string sink);

    [LoggerMessage(3016, LogLevel.Warning, "Stopping did not wait longer than {Timeout} for the sinks; {Pending} records stay in the outbox for the next start.")]
    public static partial void DrainTimedOut(this ILogger logger, TimeSpan timeout, long pending);

    [LoggerMessage(3020, LogLevel.Information, "The index template {Template} was written to Elasticsearch.")]
    public static partial void TemplateWritten(this ILogger logger, string template);

    [LoggerMessage(3021, LogLevel.Warning, "The index template {Template} was not checked, since the credentials do not allow it; an operator has to create it. {Error}")]
    public static partial void TemplateNotAllowed(this ILogger logger, string template, string error);

    [LoggerMessage(3022, LogLevel.Warning, "Credentials are sent to {Endpoint} without TLS, readable for everyone on the way.")]
    public static partial void CredentialsInTheClear(this ILogger logger, string endpoint);

    [LoggerMessage(3023, LogLevel.Warning, "The data stream {Stream} keeps its old lifecycle; an operator has to set the new one. {Error}")]
    public static partial void LifecycleNotUpdated(this ILogger logger, string stream, string error);

    [LoggerMessage(3024, LogLevel.Information, "{Count} records are of a time that the time series stream does not take; they are in {Stream}.")]
    public static partial void StoredLate(this ILogger logger, int count, string stream);

    [LoggerMessage(3025, LogLevel.Warning, "Records of a time that the time series stream does not take cannot be stored in {Stream}; they are kept as dead letters. {Error}")]
    public static partial void LateStreamRefused(this ILogger logger, string stream, string error);

    [LoggerMessage(3026, LogLevel.Warning, "The data stream {Stream} is not a time series: a template other than ours made it. Records are stored under identities of their own, so that a repetition is known until the stream's next rollover; numbers are stored as that template maps them. Let the template metrics-electricbrain.sensor be made (manage_index_templates), then roll the stream over: POST /{Stream}/_rollover.")]
    public static partial void StreamIsNoTimeSeries(this ILogger logger, string stream);

    [LoggerMessage(3027, LogLevel.Information, "The credentials allow {Use}: they have {Privileges} on {Target}.")]
    public static partial void PrivilegeGranted(this ILogger logger, string use, string privileges, string target);

    [LoggerMessage(3028, LogLevel.Information, "The credentials do not allow {Use}: they lack {Privileges} on {Target}.")]
    public static partial void PrivilegeMissing(this ILogger logger, string use, string privileges, string target);
}
