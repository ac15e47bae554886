using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Delivery;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry;

/// <summary>
/// Takes records, makes them durable in an outbox on disk, and brings them from there to every sink. A sink that is slow or away
/// holds up no other; after any crash each sink goes on where it was.
/// </summary>
/// <remarks>Safe for concurrent callers.</remarks>
public sealed class TelemetryPipeline : IAsyncDisposable
{
    private readonly TelemetryOptions _options;
    private readonly ITelemetrySink[] _sinks;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DiskFileSystem _files;
    private readonly TelemetryMetrics _metrics;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _encoding = new();
    private readonly DocumentEncoder _encoder = new();
    private readonly TimestampGuard _timestamps = new();
    private OutboxLog? _log;
    private OutboxWriter? _writer;
    private SinkPump[] _pumps = [];
    private Task[] _running = [];
    private bool _stopped;

    /// <summary>Makes a pipeline that is not started.</summary>
    /// <param name="options">Where and how records are kept.</param>
    /// <param name="sinks">The destinations, at least one, under different names.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <param name="meterFactory">Makes the meter <c>ElectricBrain.Telemetry</c>; a meter of its own when null.</param>
    /// <exception cref="ArgumentException">An option or a sink is not usable; the message names it.</exception>
    public TelemetryPipeline(
        TelemetryOptions options,
        IEnumerable<ITelemetrySink> sinks,
        TimeProvider? timeProvider = null,
        ILogger<TelemetryPipeline>? logger = null,
        IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _sinks = Checked(sinks);
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _files = new DiskFileSystem(options.OutboxDirectory);
        _metrics = new TelemetryMetrics(this, meterFactory);
    }

    /// <summary>Opens the outbox, recovers what it holds, and starts the delivery.</summary>
    /// <exception cref="OutboxInUseException">Another process uses the outbox.</exception>
    /// <exception cref="IOException">The directory cannot be made or read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_log is not null || _stopped)
        {
            throw new InvalidOperationException("The telemetry pipeline was started before; make a new one to start again.");
        }

        // Recovery reads up to a segment, and the disk may be slow: it must not run on the caller's thread.
        var grace = new OutboxGrace(_options.GraceBytes, _options.GraceAge, OutboxGrace.ReadBootId());
        _log = await Task.Run(() => OutboxLog.Open(_files, _options.SegmentBytes, _options.MaxOutboxBytes, Remember, _time, grace), cancellationToken).ConfigureAwait(false);
        foreach (var file in _log.Damaged)
        {
            _logger.SegmentDamaged(_log.Location, file);
        }

        try
        {
            _pumps = OpenPumps(_log);
            _log.Release(_pumps.Min(static pump => pump.Saved));
        }
        catch
        {
            _log.Dispose();
            _log = null;
            throw;
        }

        _writer = new OutboxWriter(_log, WakePumps, _options.WhenFull, _options.MaxOutboxAge);
        if (_log.IsReplaying)
        {
            _logger.OutboxReplayed(_log.Location, _log.Start + 1);
        }

        _logger.OutboxOpened(_log.Location, _pumps.Max(static pump => pump.GetStatus().Pending), _log.DurableSequence);
        _running = _pumps.Select(pump => Task.Run(() => pump.RunAsync(_stop.Token), CancellationToken.None)).ToArray();
    }

    /// <summary>
    /// Stores records. When the returned task has completed they survive a crash and a power loss, and every sink will get them, in
    /// this order, unless the options allow to drop records. A write that is cancelled is not stored. One that fails can be repeated with the same records: what a failing disk may
    /// have kept of it does not count, or is the same record again.
    /// </summary>
    /// <param name="records">The records; read before the call returns.</param>
    /// <param name="cancellationToken">Gives up while the outbox is full; a commit that began is awaited.</param>
    /// <exception cref="ArgumentException">A record has no series or a value that is not finite; the message names it.</exception>
    /// <exception cref="OutboxWriteException">The disk failed.</exception>
    /// <exception cref="InvalidOperationException">The pipeline is not started, or has stopped.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<TelemetryRecord> records, CancellationToken cancellationToken = default)
    {
        if (_writer is not { } writer)
        {
            throw new InvalidOperationException("The telemetry pipeline is not started; call StartAsync first, or run it in a host.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        Check(records.Span);
        return records.IsEmpty ? ValueTask.CompletedTask : new ValueTask(CommitAsync(writer, Encode(records.Span), cancellationToken));
    }

    /// <summary>Returns the state of the outbox and of every sink. Cheap, and safe at any time.</summary>
    public TelemetryStatus GetStatus() => new(
        new OutboxStatus
        {
            Directory = _files.Location,
            Bytes = _log?.Bytes ?? 0,
            MaxBytes = _options.MaxOutboxBytes,
            Written = _writer?.Written ?? 0,
            Corrupt = _pumps.Select(static pump => pump.Corrupt).DefaultIfEmpty().Max(),
            BlockedWrites = _writer?.Blocked ?? 0,
            Dropped = _writer?.Dropped ?? 0,
            MovedTimestamps = _timestamps.Moved,
            LastError = _log?.LastError,
        },
        _pumps.Length > 0 ? _pumps.Select(static pump => pump.GetStatus()).ToArray() : _sinks.Select(static sink => new SinkStatus { Name = sink.Name }).ToArray());

    /// <summary>
    /// Stops taking records, gives the sinks <see cref="TelemetryOptions.DrainTimeout"/> to take what is pending, saves their
    /// positions and closes the outbox. What was not delivered is delivered after the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_stopped || _log is null || _writer is null)
        {
            return;
        }

        _stopped = true;
        await _writer.StopAsync().ConfigureAwait(false);
        Array.ForEach(_pumps, static pump => pump.Drain());
        var drained = Task.WhenAll(_running);
        try
        {
            await drained.WaitAsync(_options.DrainTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _logger.DrainTimedOut(_options.DrainTimeout, _pumps.Max(static pump => pump.GetStatus().Pending));
            await _stop.CancelAsync().ConfigureAwait(false);
            await drained.ConfigureAwait(false);
        }

        Array.ForEach(_pumps, static pump => pump.Dispose());
        _log.Dispose();
    }

    /// <summary>Stops as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _stop.Dispose();
    }

    private static ITelemetrySink[] Checked(IEnumerable<ITelemetrySink> sinks)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        var all = sinks.ToArray();
        if (all.Length == 0)
        {
            throw new ArgumentException("The telemetry pipeline has no sink, so that its records would go nowhere; add SQLite or Elasticsearch.", nameof(sinks));
        }

        foreach (var name in all.Select(static sink => sink.Name))
        {
            if (name is not { Length: > 0 and <= 64 } || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                throw new ArgumentException($"\"{name}\" cannot name a sink; use up to 64 of a-z, 0-9 and '-'.", nameof(sinks));
            }
        }

        return all.GroupBy(static sink => sink.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two sinks have the name \"{twice.Key}\"; give each its own.", nameof(sinks))
            : all;
    }

    private static void Check(ReadOnlySpan<TelemetryRecord> records)
    {
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].Series is null)
            {
                throw new ArgumentException($"Record {i} has no series.", nameof(records));
            }

            if (!double.IsFinite(records[i].Value))
            {
                throw new ArgumentException(
                    $"Record {i}, of {records[i].Series.Key} at {records[i].Timestamp:O}, has the value {records[i].Value}; only finite numbers can be stored. Leave out a reading that failed.",
                    nameof(records));
            }
        }
    }

    private PendingWrite Encode(ReadOnlySpan<TelemetryRecord> records)
    {
        var write = new PendingWrite();
        lock (_encoding)
        {
            foreach (ref readonly var record in records)
            {
                var millisecond = _timestamps.Claim(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
                var room = write.Reserve(DocumentEncoder.MaximumLength(record.Series));
                write.Advance(_encoder.Encode(record.Series, millisecond, record.Value, room));
            }
        }

        return write;
    }

    private async Task CommitAsync(OutboxWriter writer, PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Forget(write);
            throw;
        }
        finally
        {
            write.Dispose();
        }
    }

    /// <summary>Frees the timestamps of a write that is not stored, so that repeating it stores the same records.</summary>
    private void Forget(PendingWrite write)
    {
        var decoder = new DocumentDecoder();
        lock (_encoding)
        {
            foreach (var payload in write.Payloads())
            {
                var record = decoder.Decode(payload.Span);
                _timestamps.Release(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
            }
        }
    }

    /// <summary>Takes up the timestamps of records that an earlier process wrote.</summary>
    private Action<ReadOnlyMemory<byte>> Remember
    {
        get
        {
            var decoder = new DocumentDecoder();
            return payload =>
            {
                try
                {
                    var record = decoder.Decode(payload.Span);
                    _timestamps.Restore(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
                }
                catch (FormatException)
                {
                    // Not one of ours: it cannot collide, and the sinks say what they think of it.
                }
            };
        }
    }

    private SinkPump[] OpenPumps(OutboxLog log) => _sinks
        .Select(sink => new SinkPump(
            sink, log, new DeadLetterFile(_files, sink.Name, _options.MaxDeadLetterBytes, _time), _options, _time, _logger, ReleaseDelivered))
        .ToArray();

    private void WakePumps() => Array.ForEach(_pumps, static pump => pump.Wake());

    private void ReleaseDelivered()
    {
        if (_log!.Release(_pumps.Min(static pump => pump.Saved)))
        {
            _writer!.RoomChanged();
        }
    }
}
