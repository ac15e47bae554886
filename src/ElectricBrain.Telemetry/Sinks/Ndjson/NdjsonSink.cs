using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>
/// Writes records to files of JSON lines, for programs that follow files (Filebeat, Vector, Fluent Bit) and for people with
/// <c>jq</c>. A record is in the files once however often it is delivered.
/// </summary>
public sealed class NdjsonSink : ITelemetrySink, IDisposable
{
    private readonly IOutboxFileSystem _files;
    private readonly NdjsonOptions _options;
    private NdjsonJournal? _journal;

    /// <summary>Makes the sink; the directory is opened, and made when missing, by the first record.</summary>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public NdjsonSink(NdjsonOptions options)
        : this(Checked(options), new DiskFileSystem(options.Directory))
    {
    }

    internal NdjsonSink(NdjsonOptions options, IOutboxFileSystem files) => (_options, _files) = (options, files);

    /// <inheritdoc/>
    public string Name => "ndjson";

    /// <summary>Up to 5,000 records at once, without waiting for more.</summary>
    public BatchLimits Limits { get; } = new(5000, 1 << 20, TimeSpan.Zero);

    /// <inheritdoc/>
    public ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        try
        {
            _journal ??= NdjsonJournal.Open(_files, _options);
            _journal.Append(batch, cancellationToken);
            return ValueTask.FromResult(SinkOutcome.Completed());
        }
        catch (OutboxInUseException e)
        {
            var owner = e.ProcessId is { } process ? $"process {process}" : "another process";
            return ValueTask.FromResult(SinkOutcome.Denied($"The directory {_files.Location} is written to by {owner}; stop it, or give each its own directory."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(SinkOutcome.Unavailable($"The files in {_files.Location} could not be written: {e.Message}"));
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _journal?.MakeDurable();
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file in use.</summary>
    public void Dispose()
    {
        _journal?.Dispose();
        _journal = null;
    }

    private static NdjsonOptions Checked(NdjsonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }
}
