using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ElectricBrain.Telemetry.Mqtt.Diagnostics;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace ElectricBrain.Telemetry.Mqtt;

/// <summary>
/// The connection to the broker, made when it is needed. The broker says <c>offline</c> in our place as soon as it is gone in any
/// other way than by <see cref="CloseAsync"/>.
/// </summary>
internal sealed class MqttConnection : IDisposable
{
    // What Home Assistant takes for the two states unless it is told otherwise.
    private static readonly byte[] Online = "online"u8.ToArray();
    private static readonly byte[] Offline = "offline"u8.ToArray();

    private readonly MqttOptions _options;
    private readonly MqttTopics _topics;
    private readonly ILogger _logger;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private bool _warned;

    public MqttConnection(MqttOptions options, MqttTopics topics, ILogger logger)
    {
        _options = options;
        _topics = topics;
        _logger = logger;
        Broker = options.Broker!.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.StrongPort, UriFormat.UriEscaped);
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    /// <summary>Called when the connection breaks; not when one cannot be made.</summary>
    public Action? Lost { get; set; }

    /// <summary>The broker's address without credentials.</summary>
    public string Broker { get; }

    public bool IsConnected => _client.IsConnected;

    private bool UsesTls => _options.Broker!.Scheme == "mqtts";

    /// <summary>Connects and says that we are online; returns what went wrong, or null.</summary>
    public async Task<SinkOutcome?> ConnectAsync(CancellationToken cancellationToken)
    {
        var result = await _client.ConnectAsync(BuildOptions(), cancellationToken).ConfigureAwait(false);
        switch (result.ResultCode)
        {
            case MqttClientConnectResultCode.Success:
                _logger.Connected(Broker, _options.ClientId);
                return await PublishAsync(_topics.Availability, Online, null, cancellationToken).ConfigureAwait(false);
            case MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned:
                return SinkOutcome.Denied($"The broker {Broker} refuses the user name or the password ({result.ResultCode}); check both, and that the user may connect as {_options.ClientId}.");
            case MqttClientConnectResultCode.UnsupportedProtocolVersion:
                return SinkOutcome.Denied($"The broker {Broker} does not speak MQTT 5; use one that does, such as Mosquitto from version 1.6 on.");
            default:
                return SinkOutcome.Unavailable($"The broker {Broker} refused the connection: {result.ResultCode}{(result.ReasonString is { Length: > 0 } reason ? $", {reason}" : "")}.");
        }
    }

    /// <summary>
    /// Publishes a retained message and waits for the acknowledgement; returns what went wrong, or null. An expiry lets the broker
    /// forget it.
    /// </summary>
    public async Task<SinkOutcome?> PublishAsync(string topic, ReadOnlyMemory<byte> payload, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayloadSegment(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag();
        if (expiry is { } after)
        {
            message.WithMessageExpiryInterval((uint)after.TotalSeconds);
        }

        var result = await _client.PublishAsync(message.Build(), cancellationToken).ConfigureAwait(false);
        return result.ReasonCode switch
        {
            MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers => null,
            MqttClientPublishReasonCode.NotAuthorized => SinkOutcome.Denied($"The broker {Broker} does not let this user publish to {topic}; allow it to write there."),
            var reason => SinkOutcome.Unavailable($"The broker {Broker} did not take a message for {topic}: {reason}."),
        };
    }

    /// <summary>Says that we are offline and leaves.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected)
        {
            await PublishAsync(_topics.Availability, Offline, null, cancellationToken).ConfigureAwait(false);
            await _client.DisconnectAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _client.Dispose();

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs disconnected)
    {
        if (disconnected.ClientWasConnected)
        {
            Lost?.Invoke();
        }

        return Task.CompletedTask;
    }

    private MqttClientOptions BuildOptions()
    {
        var broker = _options.Broker!;
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(broker.IdnHost, broker.Port > 0 ? broker.Port : UsesTls ? 8883 : 1883)
            .WithClientId(_options.ClientId)
            .WithCleanStart()
            .WithTimeout(_options.Timeout)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithWillTopic(_topics.Availability)
            .WithWillPayload(Offline)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        var (user, password) = Credentials(broker);
        if (user is not null)
        {
            builder.WithCredentials(user, password ?? "");
            WarnOnce(broker);
        }

        return UsesTls ? builder.WithTlsOptions(tls => Secure(tls, broker)).Build() : builder.Build();
    }

    private (string? User, string? Password) Credentials(Uri broker)
    {
        if (broker.UserInfo.Length == 0)
        {
            return (_options.UserName, _options.Password);
        }

        var parts = broker.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null);
    }

    private void Secure(MqttClientTlsOptionsBuilder tls, Uri broker)
    {
        // As for HTTPS in .NET: certificates of private authorities name no revocation list.
        tls.UseTls().WithTargetHost(broker.IdnHost).WithRevocationMode(X509RevocationMode.NoCheck);
        if (_options.CertificateAuthorityFile is not { } file)
        {
            return;
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            throw new IOException($"The certificate file {file} could not be read; it has to hold PEM certificates.", e);
        }

        tls.WithTrustChain(authorities.Count > 0 ? authorities : throw new IOException($"The certificate file {file} holds no certificate."));
    }

    private void WarnOnce(Uri broker)
    {
        if (!UsesTls && !broker.IsLoopback && !_warned)
        {
            _warned = true;
            _logger.PasswordInTheClear(Broker);
        }
    }
}
