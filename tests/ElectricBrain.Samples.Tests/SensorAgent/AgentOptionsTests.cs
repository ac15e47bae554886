using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry.Mqtt;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class AgentOptionsTests
{
    [Fact]
    public void Build_NothingGiven_ListensOnLoopbackAndNamesTheMachine()
    {
        var options = AgentOptionsBuilder.Build(new AgentArguments());

        Assert.Equal(["http://127.0.0.1:5080"], options.Urls);
        Assert.Equal(Environment.GetEnvironmentVariable("ELECTRICBRAIN_HOST_NAME") ?? Environment.MachineName, options.HostName);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Interval);
        Assert.Null(options.Elasticsearch);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("http://localhost:5080", false)]
    [InlineData("http://[::1]:5080", false)]
    [InlineData("http://0.0.0.0:5080", true)]
    [InlineData("http://*:5080", true)]
    [InlineData("http://192.168.1.5:5080", true)]
    public void IsOpen_Address_TellsWhetherOthersReachIt(string url, bool open)
    {
        Assert.Equal([url], ListenUrls.Build(url, port: null));
        Assert.Equal(open, ListenUrls.IsOpen(url));
    }

    [Theory]
    [InlineData("rgpiod://pi-zero", "pi-zero:8889")]
    [InlineData("rgpiod://pi-zero.lan:9000/", "pi-zero.lan:9000")]
    [InlineData("RGPIOD://192.168.1.7", "192.168.1.7:8889")]
    [InlineData("rgpiod://[fd00::7]:8889", "fd00::7:8889")]
    public void Build_Header_IsAnotherMachine(string address, string name)
    {
        var agent = AgentOptionsBuilder.Build(new AgentArguments { Header = address, Bus = 3 });
        var hat = HatSelection.From(agent);

        var options = hat.Configure(agent, new HatCalibrations());
        Assert.Equal((name, false, 3), (hat.RemoteName, options.Simulate, options.RemoteHeader!.I2cBus));
    }

    [Theory]
    [InlineData("rgpiod:pi-zero")]
    [InlineData("rgpiod://")]
    [InlineData("rgpiod://pi-zero:0")]
    [InlineData("rgpiod://pi-zero:99999")]
    [InlineData("rgpiod://pi-zero/dev")]
    [InlineData("rgpiod://pi-zero?bus=1")]
    public void Build_NoHeader_IsRefused(string address)
    {
        var exception = Assert.Throws<AgentException>(() => AgentOptionsBuilder.Build(new AgentArguments { Header = address }));

        Assert.Equal((ExitCode.Usage, $"--header {address} is not an address of rgpiod; give rgpiod://HOST or rgpiod://HOST:PORT, such as rgpiod://pi-zero.lan."), (exception.ExitCode, exception.Message));
    }

    [Theory]
    [InlineData("1s", 1000)]
    [InlineData("500ms", 500)]
    [InlineData("0.5s", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void TryParse_Interval_ReadsNumberAndUnit(string text, int milliseconds)
    {
        Assert.True(IntervalText.TryParse(text, out var interval));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), interval);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1e9d")]
    [InlineData("NaNs")]
    public void TryParse_NoInterval_IsRefused(string text) => Assert.False(IntervalText.TryParse(text, out _));

    [Fact]
    public void Build_ApiKeyFile_IsReadAndNeverShown()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "key");
        File.WriteAllText(file, "c2VjcmV0OmtleQ==\n");

        var target = AgentOptionsBuilder.Build(new AgentArguments { Elasticsearch = ["https://elastic.lan:9200/"], ElasticsearchApiKeyFile = file }).Elasticsearch!;

        Assert.Equal("c2VjcmV0OmtleQ==", target.ApiKey);
        Assert.Equal("https://elastic.lan:9200", target.DisplayName);
        Assert.DoesNotContain("c2Vj", target.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elastic.lan:9200", "is not an address")]
    [InlineData("ftp://elastic.lan", "is not an address")]
    [InlineData("https://", "is not an address")]
    [InlineData("https://user:hunter2@elastic.lan:9200", "every user of this machine")]
    [InlineData("https//user:hunter2@elastic.lan:9200", "is not an address")]
    public void Build_UnusableElasticsearch_IsRefusedWithoutShowingAPassword(string url, string problem)
    {
        var exception = Assert.Throws<AgentException>(() => AgentOptionsBuilder.Build(new AgentArguments { Elasticsearch = [url] }));

        Assert.Equal(ExitCode.Usage, exception.ExitCode);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://es-1.lan:9200,https://es-2.lan:9200")]
    [InlineData("https://es-1.lan:9200", "https://es-2.lan:9200/")]
    [InlineData(" https://es-1.lan:9200 , https://es-2.lan:9200")]
    public void Build_SeveralElasticsearchNodes_AreOneTarget(params string[] addresses)
    {
        var target = AgentOptionsBuilder.Build(new AgentArguments { Elasticsearch = addresses }).Elasticsearch!;

        Assert.Equal("https://es-1.lan:9200/ https://es-2.lan:9200/", string.Join(' ', target.Endpoints));
        Assert.Equal("https://es-1.lan:9200, https://es-2.lan:9200", target.DisplayName);
    }

    [Fact]
    public void Build_SeveralElasticsearchNodesWithADamagedOne_NamesThatOne()
    {
        var exception = Assert.Throws<AgentException>(() => AgentOptionsBuilder.Build(new AgentArguments { Elasticsearch = ["https://es-1.lan:9200,es-2.lan"] }));

        Assert.Contains("--elasticsearch es-2.lan is not an address", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MqttWithUserAndPasswordFile_SignsInAndShowsNeither()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "password");
        File.WriteAllText(file, " hunter 2\n");
        var agent = AgentOptionsBuilder.Build(new AgentArguments { Mqtt = "mqtts://living%20room@broker.lan", MqttPasswordFile = file, Interval = TimeSpan.FromHours(1), HostName = "pi", DeviceId = "roof" });

        var mqtt = new MqttOptions();
        agent.Mqtt!.Apply(mqtt, agent);
        Assert.Equal((new Uri("mqtts://broker.lan"), "living room", " hunter 2"), (mqtt.Broker, mqtt.UserName, mqtt.Password));
        Assert.Equal(("electricbrain-pi-roof", TimeSpan.FromHours(3)), (mqtt.ClientId, mqtt.ExpireAfter));
        Assert.Equal("mqtts://broker.lan", agent.Mqtt.ToString());
        using var sink = new MqttSink(mqtt);
    }

    [Fact]
    public void Build_MqttOfALongHostName_HasAClientIdThatBrokersTake()
    {
        var agents = Enumerable.Range(1, 2).Select(static device => AgentOptionsBuilder.Build(new AgentArguments { Mqtt = "mqtt://broker", HostName = new string('h', 256), DeviceId = $"{device}" }));

        var options = agents.Select(static agent =>
        {
            var mqtt = new MqttOptions();
            agent.Mqtt!.Apply(mqtt, agent);
            using var sink = new MqttSink(mqtt);
            return mqtt;
        }).ToArray();
        Assert.NotEqual(options[0].ClientId, options[1].ClientId);
        Assert.All(options, static mqtt => Assert.Equal(TimeSpan.FromMinutes(5), mqtt.ExpireAfter));
    }

    [Theory]
    [InlineData("broker.lan:1883", "is not an address of a broker")]
    [InlineData("http://broker.lan", "is not an address of a broker")]
    [InlineData("mqtt://broker.lan/topic", "is not an address of a broker")]
    [InlineData("mqtt://user:hunter2@broker.lan", "--mqtt-password-file")]
    [InlineData("mqtt://:hunter2@broker.lan", "--mqtt-password-file")]
    [InlineData("mqtt//user:hunter2@broker.lan", "is not an address of a broker")]
    public void Build_UnusableMqtt_IsRefusedWithoutShowingAPassword(string url, string problem)
    {
        var exception = Assert.Throws<AgentException>(() => AgentOptionsBuilder.Build(new AgentArguments { Mqtt = url }));

        Assert.Equal(ExitCode.Usage, exception.ExitCode);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Retention_KeepsRollupsAtLeastAsLong()
    {
        Assert.Equal(new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(365)), AgentOptionsBuilder.Build(new AgentArguments()).Retention);
        Assert.Equal(new Retention(TimeSpan.FromDays(500), TimeSpan.FromDays(500)), AgentOptionsBuilder.Build(new AgentArguments { Keep = TimeSpan.FromDays(500) }).Retention);
        Assert.Equal(new Retention(null, null), AgentOptionsBuilder.Build(new AgentArguments { Keep = RetentionText.Forever }).Retention);
        Assert.Equal(new Retention(TimeSpan.FromDays(7), null), AgentOptionsBuilder.Build(new AgentArguments { Keep = TimeSpan.FromDays(7), KeepMinutes = RetentionText.Forever }).Retention);
        Assert.Contains("--keep-minutes", Assert.Throws<AgentException>(() => AgentOptionsBuilder.Build(new AgentArguments { KeepMinutes = TimeSpan.FromDays(7) })).Message, StringComparison.Ordinal);
    }
}
