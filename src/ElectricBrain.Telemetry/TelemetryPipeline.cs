using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Clock;
using ElectricBrain.Telemetry.Delivery;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Intake;
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
    private readonly SinkPumps _pumps;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DiskFileSystem _files;
    private readonly TelemetryMetrics _metrics;
    private readonly CancellationTokenSource _stop = new();
    private readonly OutboxGrace _grace;
    private readonly ClockKeeper _clock;
    private readonly RecordIntake _intake;
    private OutboxLog? _log;
    private OutboxWriter? _writer;
    private Task _running = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
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
        : this(options, sinks, timeProvider, logger, meterFactory, null)
    {
    }

    /// <param name="options">Where and how records are kept.</param>
    /// <param name="sinks">The destinations.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="meterFactory">Makes the meter.</param>
    /// <param name="authority">What is known of the clock; null for what this machine knows of its own, and nothing of any other clock.</param>
    internal TelemetryPipeline(
        TelemetryOptions options, IEnumerable<ITelemetrySink> sinks, TimeProvider? timeProvider, ILogger? logger, IMeterFactory? meterFactory, IClockAuthority? authority)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _pumps = new SinkPumps(sinks);
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _grace = new OutboxGrace(options.GraceBytes, options.GraceAge, authority?.Boot?.ToString() ?? OutboxGrace.ReadBootId());
        _clock = new ClockKeeper(authority ?? (_time == TimeProvider.System && OperatingSystem.IsLinux() ? new LinuxClock(_grace.BootId) : null), _time, options.MaxClockWait);
        _intake = new RecordIntake(_clock);
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
        _log = await Task.Run(() => OutboxLog.Open(_files, _options.SegmentBytes, _options.MaxOutboxBytes, _intake.Remember, _time, _grace), cancellationToken).ConfigureAwait(false);
        foreach (var file in _log.Damaged)
        {
            _logger.SegmentDamaged(_log.Location, file);
        }

        try
        {
            await Task.Run(() => _clock.Begin(_log.Clock, _log.Start, _log.DurableSequence), cancellationToken).ConfigureAwait(false);
            _pumps.Open(_log, _files, _options, _time, _logger, ReleaseDelivered);
            _log.Release(_pumps.Saved);
        }
        catch
        {
            _log.Dispose();
            _log = null;
            throw;
        }

        _writer = new OutboxWriter(_log, _pumps.Wake, _options.WhenFull, _options.MaxOutboxAge);
        if (_log.IsReplaying)
        {
            _logger.OutboxReplayed(_log.Location, _log.Start + 1);
        }

        _logger.OutboxOpened(_log.Location, _pumps.Pending, _log.DurableSequence);
        _running = _pumps.RunAsync(_stop.Token);
        _watching = Task.Run(() => WatchClockAsync(_stop.Token), CancellationToken.None);
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
        RecordIntake.Check(records.Span);
        return records.IsEmpty ? ValueTask.CompletedTask : new ValueTask(CommitAsync(writer, _intake.Encode(records.Span), cancellationToken));
    }

    /// <summary>Returns the state of the outbox and of every sink. Cheap, and safe at any time.</summary>
    public TelemetryStatus GetStatus() => new(
        new OutboxStatus
        {
            Directory = _files.Location,
            Bytes = _log?.Bytes ?? 0,
            MaxBytes = _options.MaxOutboxBytes,
            Written = _writer?.Written ?? 0,
            Corrupt = _pumps.Corrupt,
            BlockedWrites = _writer?.Blocked ?? 0,
            Dropped = _writer?.Dropped ?? 0,
            MovedTimestamps = _clock.Moved,
            Clock = _clock.State,
            LastError = _log?.LastError,
        },
        _pumps.GetStatus());

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
        _pumps.Drain();
        try
        {
            await _running.WaitAsync(_options.DrainTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _logger.DrainTimedOut(_options.DrainTimeout, _pumps.Pending);
            await _stop.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _pumps.Dispose();
        _log.Dispose();
    }

    /// <summary>Stops as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _stop.Dispose();
    }

    private async Task CommitAsync(OutboxWriter writer, PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _intake.Forget(write);
            throw;
        }
        finally
        {
            write.Dispose();
        }
    }

    /// <summary>Looks at the clock until it is right; lets go of what was held when it is decided how to date it.</summary>
    private async Task WatchClockAsync(CancellationToken cancellationToken)
    {
        if (_clock.State == ClockState.Awaited)
        {
            _logger.ClockAwaited(_options.MaxClockWait);
        }

        while (!_clock.IsSettled && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ClockKeeper.Interval, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var before = _clock.State;
                if (_clock.Poll())
                {
                    _pumps.Wake();
                }

                if (_clock.State != before)
                {
                    _logger.ClockDecided(_clock.State);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _logger.ClockNotSaved(e, _log!.Location);
            }
        }
    }

    private void ReleaseDelivered()
    {
        if (_log!.Release(_pumps.Saved))
        {
            _writer!.RoomChanged();
        }
    }
}
