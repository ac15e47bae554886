using System.Buffers;
using System.Text;
using System.Text.Json;
using MQTTnet;

namespace ElectricBrain.Telemetry.Mqtt.Tests.Support;

/// <summary>A client that sees every message, as Home Assistant would.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _gate = new();

    /// <summary>The messages in the order of their coming.</summary>
    private readonly List<(string Topic, string Payload, bool IsRetained)> _messages = [];

    public static async Task<Subscriber> ConnectAsync(int port)
    {
        var subscriber = new Subscriber();
        subscriber._client.ApplicationMessageReceivedAsync += message =>
        {
            lock (subscriber._gate)
            {
                subscriber._messages.Add((
                    message.ApplicationMessage.Topic,
                    Encoding.UTF8.GetString(message.ApplicationMessage.Payload.ToArray()),
                    message.ApplicationMessage.Retain));
            }

            return Task.CompletedTask;
        };
        await subscriber._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build());
        await subscriber._client.SubscribeAsync("#");
        return subscriber;
    }

    public IReadOnlyList<(string Topic, string Payload, bool IsRetained)> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>The last payload of a topic, once there is one that fits.</summary>
    public async Task<string> WaitForAsync(string topic, Func<string, bool>? fits = null)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var found = Messages.LastOrDefault(message => message.Topic == topic && (fits?.Invoke(message.Payload) ?? true));
            if (found.Topic is not null)
            {
                return found.Payload;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Nothing that fits came to {topic}; there were: {string.Join(", ", Messages.Select(static message => $"{message.Topic}={message.Payload}"))}");
    }

    public async Task<double> WaitForValueAsync(string topic, double value)
    {
        var payload = await WaitForAsync(topic, payload => JsonDocument.Parse(payload).RootElement.GetProperty("value").GetDouble() == value);
        return JsonDocument.Parse(payload).RootElement.GetProperty("value").GetDouble();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
