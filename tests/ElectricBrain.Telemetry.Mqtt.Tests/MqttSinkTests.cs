using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ElectricBrain.Telemetry.Mqtt.Tests.Support;

namespace ElectricBrain.Telemetry.Mqtt.Tests;

/// <summary>The sink against a real broker.</summary>
public sealed class MqttSinkTests
{
    private const string State = "electricbrain/hostzero/enviro/bme280.temperature";
    private const string Availability = "electricbrain/agent-1/availability";
    private const string Discovery = "homeassistant/sensor/hostzero/enviro-bme280_2Etemperature-temperature/config";

    [Fact]
    public async Task WriteAsync_FirstReading_IsAnnouncedAndRetained()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (var publisher = await Publisher.StartAsync(broker.Port))
        {
            await publisher.WriteAsync(21.5);
            await publisher.WaitForAsync(static status => status.Delivered == 1);

            // Who comes later, as Home Assistant after a restart, finds everything.
            await using var late = await Subscriber.ConnectAsync(broker.Port);
            Assert.Equal(21.5, await late.WaitForValueAsync(State, 21.5));
            Assert.Equal("online", await late.WaitForAsync(Availability));
            var discovery = JsonDocument.Parse(await late.WaitForAsync(Discovery)).RootElement;
            Assert.Equal(State, discovery.GetProperty("state_topic").GetString());
            Assert.All(late.Messages, static message => Assert.True(message.IsRetained));
        }

        await using var afterwards = await Subscriber.ConnectAsync(broker.Port);
        Assert.Equal("offline", await afterwards.WaitForAsync(Availability));
    }

    [Fact]
    public async Task Broker_ProcessIsKilled_SaysThatItIsOffline()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(broker.Port);
        using var process = Publisher.StartProcess(broker.Port);
        await subscriber.WaitForValueAsync(State, 17);
        Assert.Equal("online", await subscriber.WaitForAsync(Availability));

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("offline", await subscriber.WaitForAsync(Availability, static payload => payload == "offline"));
    }

    [Fact]
    public async Task WriteAsync_BrokerIsAwayAndComesBackEmpty_AnnouncesAgainAndPublishesTheNewestOnly()
    {
        using var superseded = new Count("electricbrain.telemetry.mqtt.superseded");
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker.Port);
        await publisher.WriteAsync(1);
        await publisher.WaitForAsync(static status => status.Delivered == 1);
        await broker.KillAsync();
        for (var value = 2; value <= 10; value++)
        {
            await publisher.WriteAsync(value);
        }

        var away = await publisher.WaitForAsync(static status => status.State == SinkState.Retrying);
        Assert.Contains($"mqtt://127.0.0.1:{broker.Port} cannot be reached", away.LastError, StringComparison.Ordinal);
        await broker.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(broker.Port);
        await publisher.WaitForAsync(static status => status is { Pending: 0, State: SinkState.Running });

        await subscriber.WaitForValueAsync(State, 10);
        await subscriber.WaitForAsync(Discovery);
        Assert.Equal("online", await subscriber.WaitForAsync(Availability));

        // What it knew is told again. The batch that met the outage is repeated as it was; what came meanwhile is the next one, and of each the newest is shown.
        Assert.InRange(subscriber.Messages.Count(static message => message.Topic == State), 1, 3);
        Assert.InRange(superseded.Value, 7, 8);
    }

    [Fact]
    public async Task Broker_ComesBackEmptyWhileNothingIsRead_IsToldEverythingAgain()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker.Port);
        await publisher.WriteAsync(1);
        await publisher.WriteAsync(2, Publisher.Series("bme280.humidity", "humidity", "%"));
        await publisher.WaitForAsync(static status => status.Delivered == 2);

        await broker.KillAsync();
        await broker.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(broker.Port);

        Assert.Equal("online", await subscriber.WaitForAsync(Availability));
        await subscriber.WaitForValueAsync(State, 1);
        await subscriber.WaitForValueAsync("electricbrain/hostzero/enviro/bme280.humidity", 2);
        await subscriber.WaitForAsync(Discovery);
    }

    [Fact]
    public async Task WriteAsync_ReadingIsTooOldToBeCurrent_IsNotPublished()
    {
        using var expired = new Count("electricbrain.telemetry.mqtt.expired");
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(broker.Port);
        await using var publisher = await Publisher.StartAsync(broker.Port);
        await publisher.WriteAsync(99, at: TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
        await publisher.WaitForAsync(static status => status.Delivered == 1);
        await publisher.WriteAsync(5);
        await subscriber.WaitForValueAsync(State, 5);

        Assert.Single(subscriber.Messages, static message => message.Topic == State);
        Assert.Equal(1, expired.Value);
    }

    [Fact]
    public async Task Broker_ValueOutlivesItsTime_ForgetsIt()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = await Publisher.StartAsync(broker.Port, static options => options.ExpireAfter = TimeSpan.FromSeconds(2));
        await publisher.WriteAsync(21);
        await publisher.WaitForAsync(static status => status.Delivered == 1);
        bool isThere;
        do
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await using var subscriber = await Subscriber.ConnectAsync(broker.Port);
            await subscriber.WaitForAsync(Discovery);
            isThere = subscriber.Messages.Any(static message => message.Topic == State);
        }
        while (isThere);
    }

    [Fact]
    public async Task WriteAsync_WrongPassword_NeedsAttentionAndNamesNoSecret()
    {
        await using var broker = await Mosquitto.StartAsync(WithPassword);
        await using var publisher = await Publisher.StartAsync(broker.Port, static options => (options.UserName, options.Password) = ("agent", "wrong-secret"));
        await publisher.WriteAsync(1);
        var status = await publisher.WaitForAsync(static status => status.State == SinkState.NeedsAttention);

        Assert.Contains("refuses the user name or the password", status.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_UserMayNotPublishThere_SaysWhichTopic()
    {
        await using var broker = await Mosquitto.StartAsync(static broker =>
        {
            File.WriteAllText(broker.File("acl"), "user agent\ntopic write electricbrain/#\n");
            return [.. WithPassword(broker), $"acl_file {broker.File("acl")}"];
        });
        await using var publisher = await Publisher.StartAsync(broker.Port, static options => (options.UserName, options.Password) = ("agent", "right"));
        await publisher.WriteAsync(1);
        var status = await publisher.WaitForAsync(static status => status.State == SinkState.NeedsAttention);

        Assert.Contains($"does not let this user publish to {Discovery}", status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_UserInTheAddress_SignsIn()
    {
        await using var broker = await Mosquitto.StartAsync(WithPassword);
        await using var publisher = await Publisher.StartAsync(broker.Port, host: "agent:right@127.0.0.1");
        await publisher.WriteAsync(1);

        await publisher.WaitForAsync(static status => status.Delivered == 1);
    }

    [Fact]
    public async Task WriteAsync_TlsWithItsAuthority_Delivers()
    {
        await using var broker = await Mosquitto.StartAsync(static broker => WithTls(broker));
        await using var publisher = await Publisher.StartAsync(
            broker.Port, options => options.CertificateAuthorityFile = broker.File("ca.pem"), "mqtts", "localhost");
        await publisher.WriteAsync(1);

        await publisher.WaitForAsync(static status => status.Delivered == 1);
    }

    [Theory]
    [InlineData("localhost", "other.pem")]
    [InlineData("127.0.0.1", "ca.pem")]
    public async Task WriteAsync_TlsOfAnotherAuthorityOrName_SendsNothing(string host, string authority)
    {
        await using var broker = await Mosquitto.StartAsync(static broker => WithTls(broker));
        await using var publisher = await Publisher.StartAsync(
            broker.Port, options => options.CertificateAuthorityFile = broker.File(authority), "mqtts", host);
        await publisher.WriteAsync(1);
        var status = await publisher.WaitForAsync(static status => status.Retries > 0);

        Assert.Equal(0, status.Delivered);
        Assert.Contains("certificate", status.LastError, StringComparison.Ordinal);
    }

    private static string[] WithPassword(Mosquitto broker)
    {
        using var passwords = Process.Start("mosquitto_passwd", ["-b", "-c", broker.File("passwords"), "agent", "right"]);
        passwords.WaitForExit();
        return [$"password_file {broker.File("passwords")}", "allow_anonymous false"];
    }

    private static string[] WithTls(Mosquitto broker)
    {
        using var authority = Authority("CN=Test authority");
        using var other = Authority("CN=Another authority");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        File.WriteAllText(broker.File("ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(broker.File("other.pem"), other.ExportCertificatePem());
        File.WriteAllText(broker.File("server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(broker.File("server.key"), key.ExportPkcs8PrivateKeyPem());
        return ["allow_anonymous true", $"certfile {broker.File("server.pem")}", $"keyfile {broker.File("server.key")}"];
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
    }

    /// <summary>The sum of a counter.</summary>
    private sealed class Count : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        public Count(string instrument)
        {
            _listener.InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _value, value));
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
