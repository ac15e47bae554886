using System.Net.Sockets;
using System.Security.Authentication;
using ElectricBrain.Telemetry.Mqtt.HomeAssistant;
using ElectricBrain.Telemetry.Sinks;
using MQTTnet.Exceptions;

namespace ElectricBrain.Telemetry.Mqtt;

/// <summary>
/// What the broker should know: that the client is there, which series it has, and the latest document of each. A broker that lost the connection,
/// or its memory, is told again at once, and not only with the next reading, which may be an hour away.
/// </summary>
/// <remarks>Its owner and its own attempts take turns through <see cref="EnterAsync"/>.</remarks>
internal sealed class MqttPresence : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly MqttOptions _options;
    private readonly MqttTopics _topics;
    private readonly MqttConnection _connection;
    private readonly DiscoveryDocument _discovery;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<TelemetrySeries, (DateTimeOffset Timestamp, byte[] Document)> _latest = [];
    private readonly HashSet<TelemetrySeries> _announced = [];
    private Task _returning = Task.CompletedTask;

    public MqttPresence(MqttOptions options, MqttTopics topics, MqttConnection connection, TimeProvider time)
    {
        (_options, _topics, _connection, _time) = (options, topics, connection, time);
        _discovery = new DiscoveryDocument(options, topics);
        _connection.Lost = Return;
    }

    /// <summary>Whether an exception tells of the connection.</summary>
    public static bool IsOfTheConnection(Exception e) =>
        e is MqttCommunicationException or MqttProtocolViolationException or SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Waits for the turn.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public void Leave() => _turn.Release();

    /// <summary>Connects where there is no connection, and tells the broker everything; returns what went wrong, or null.</summary>
    public async Task<SinkOutcome?> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection.IsConnected)
        {
            return null;
        }

        // The broker may have been replaced: what it was told before it may not know.
        _announced.Clear();
        if (await _connection.ConnectAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }

        foreach (var (series, (timestamp, document)) in _latest.ToArray())
        {
            if (await ShowAsync(series, timestamp, document, cancellationToken).ConfigureAwait(false) is { Failure: { } unshown })
            {
                return unshown;
            }
        }

        return null;
    }

    /// <summary>Announces a series where that was not done, and shows a document of it unless it has expired.</summary>
    /// <param name="series">The series.</param>
    /// <param name="timestamp">When its value was taken.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was shown; what went wrong.</returns>
    public async Task<(bool IsShown, SinkOutcome? Failure)> ShowAsync(TelemetrySeries series, DateTimeOffset timestamp, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        if (_topics.Discovery(series) is { } topic && !_announced.Contains(series))
        {
            if (await _connection.PublishAsync(topic, _discovery.Encode(series), null, cancellationToken).ConfigureAwait(false) is { } unannounced)
            {
                return (false, unannounced);
            }

            _announced.Add(series);
        }

        var age = _time.GetUtcNow() - timestamp;
        if (age >= _options.ExpireAfter)
        {
            return (false, null);
        }

        // What is left of the value's time; a reading of a clock that is ahead has all of it.
        var left = age > TimeSpan.Zero ? _options.ExpireAfter - age : _options.ExpireAfter;
        var expiry = left < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : left;
        if (await _connection.PublishAsync(_topics.State(series), document, expiry, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return (false, failure);
        }

        Remember(series, timestamp, document.Span);
        return (true, null);
    }

    /// <summary>Makes no further attempt.</summary>
    public async ValueTask DisposeAsync()
    {
        _connection.Lost = null;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Volatile.Read(ref _returning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends the attempts without waiting.</summary>
    public void Stop()
    {
        _connection.Lost = null;
        _stop.Cancel();
    }

    private void Remember(TelemetrySeries series, DateTimeOffset timestamp, ReadOnlySpan<byte> document)
    {
        // The same array as long as the document fits.
        var kept = _latest.TryGetValue(series, out var before) && before.Document.Length == document.Length ? before.Document : new byte[document.Length];
        document.CopyTo(kept);
        _latest[series] = (timestamp, kept);
    }

    private void Return()
    {
        if (Volatile.Read(ref _returning).IsCompleted && !_stop.IsCancellationRequested)
        {
            Volatile.Write(ref _returning, Task.Run(() => ReturnAsync(_stop.Token)));
        }
    }

    private async Task ReturnAsync(CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; !await TryReturnAsync(cancellationToken).ConfigureAwait(false); wait = 2 * wait < LongestWait ? 2 * wait : LongestWait)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryReturnAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ConnectAsync(cancellationToken).ConfigureAwait(false) is null;
        }
        catch (Exception e) when (IsOfTheConnection(e) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Leave();
        }
    }
}
