using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Mqtt.Diagnostics;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ElectricBrain.Telemetry.Mqtt;

/// <summary>
/// Publishes readings to an MQTT broker: each series has a topic with its latest document, retained, and an announcement for Home
/// Assistant. A topic shows the present, so that of a backlog only what is newest and not yet expired is published. A broker that was away is told
/// everything again as soon as it is back, also when there is no new reading.
/// </summary>
public sealed class MqttSink : ITelemetrySink, IAsyncDisposable, IDisposable
{
    private readonly MqttOptions _options;
    private readonly MqttConnection _connection;
    private readonly MqttPresence _presence;
    private readonly MqttMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly DocumentDecoder _decoder = new();

    /// <summary>Makes the sink; it connects with the first reading.</summary>
    /// <param name="options">The broker, and how readings appear there.</param>
    /// <param name="timeProvider">The clock that ages are measured by; the system's when null.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <param name="meterFactory">Makes the meter <c>ElectricBrain.Telemetry.Mqtt</c>; a meter of its own when null.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public MqttSink(MqttOptions options, TimeProvider? timeProvider = null, ILogger<MqttSink>? logger = null, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        var topics = new MqttTopics(options);
        _connection = new MqttConnection(options, topics, logger ?? (ILogger)NullLogger.Instance);
        _presence = new MqttPresence(options, topics, _connection, _time);
        _metrics = new MqttMetrics(meterFactory);
    }

    /// <inheritdoc/>
    public string Name => "mqtt";

    /// <summary>Up to 1,000 records at once, without waiting for more.</summary>
    public BatchLimits Limits { get; } = new(1000, 1 << 20, TimeSpan.Zero);

    /// <inheritdoc/>
    public async ValueTask<SinkOutcome> WriteAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _presence.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _presence.ConnectAsync(cancellationToken).ConfigureAwait(false) ?? await PublishAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (MqttPresence.IsOfTheConnection(e) && !cancellationToken.IsCancellationRequested)
        {
            return SinkOutcome.Unavailable($"The broker {_connection.Broker} cannot be reached: {Innermost(e)}");
        }
        finally
        {
            _presence.Leave();
        }
    }

    /// <summary>Says <c>offline</c> in the availability topic, and leaves the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _presence.DisposeAsync().ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(_options.Timeout, _time);
            await _connection.CloseAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (MqttPresence.IsOfTheConnection(e))
        {
            // The broker says it in our place.
        }

        Dispose();
    }

    /// <summary>Cuts the connection, so that the broker says <c>offline</c>.</summary>
    public void Dispose()
    {
        _presence.Stop();
        _connection.Dispose();
        _metrics.Dispose();
    }

    private async Task<SinkOutcome> PublishAsync(TelemetryBatch batch, CancellationToken cancellationToken)
    {
        var decoded = new TelemetrySeries?[batch.Count];
        var latest = Newest(batch, decoded);
        foreach (var (series, newest) in latest)
        {
            var (isShown, problem) = await _presence.ShowAsync(series, newest.Timestamp, batch[newest.Index], cancellationToken).ConfigureAwait(false);
            if (problem is { } failure)
            {
                return failure;
            }

            (isShown ? _metrics.Published : _metrics.Expired).Add(1);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            SettleUnlessRejected(batch, i, decoded[i], latest);
        }

        return SinkOutcome.Completed();
    }

    /// <summary>The newest record of each series.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="decoded">Filled with the series of each, null for a line that is no document.</param>
    private Dictionary<TelemetrySeries, (int Index, DateTimeOffset Timestamp)> Newest(TelemetryBatch batch, TelemetrySeries?[] decoded)
    {
        var newest = new Dictionary<TelemetrySeries, (int Index, DateTimeOffset Timestamp)>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (!TryDecode(batch, i, out var record))
            {
                continue;
            }

            decoded[i] = record.Series;
            if (!newest.TryGetValue(record.Series, out var known) || record.Timestamp >= known.Timestamp)
            {
                newest[record.Series] = (i, record.Timestamp);
            }
        }

        return newest;
    }

    private void SettleUnlessRejected(
        TelemetryBatch batch, int index, TelemetrySeries? series, Dictionary<TelemetrySeries, (int Index, DateTimeOffset Timestamp)> latest)
    {
        if (series is null)
        {
            batch.Settle(index, RecordFate.Rejected, "The line is not a telemetry document.");
            return;
        }

        if (latest[series].Index != index)
        {
            _metrics.Superseded.Add(1);
        }

        batch.Settle(index, RecordFate.Stored);
    }

    private bool TryDecode(TelemetryBatch batch, int index, out TelemetryRecord record)
    {
        try
        {
            record = _decoder.Decode(batch[index].Span);
            return true;
        }
        catch (FormatException)
        {
            record = default;
            return false;
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message;
    }
}
