using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Connections.Portainer;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Swarm.Tests.Connections.Portainer;

public sealed class PortainerTests
{
    private const string Ping = "202";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Successes => [.. Exchange.Names.Where(static name => Exchange.Read(name) is { IsProxied: true, IsSuccess: true } && !name.StartsWith(Ping, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task AnyRequest_Recorded_IsSentAsItWasAndItsAnswerRead(string name)
    {
        var exchange = Exchange.Read(name);
        await using EngineConnection connection = Connect(exchange, Recorded(exchange, name));
        JsonNode? read = await SendAsync(connection, exchange);
        Assert.True(exchange.Method == HttpMethod.Delete || JsonNode.DeepEquals(exchange.Body, read), name);
    }

    [Theory]
    [InlineData("150", EngineFailure.EngineFault, "No Edge agent registered")]
    [InlineData("210", EngineFailure.NotFound, "no environment '99'")]
    [InlineData("221", EngineFailure.Conflict, "name conflicts with an existing object")]
    [InlineData("223", EngineFailure.Refused, "")]
    [InlineData("228", EngineFailure.NotFound, "service nope not found")]
    [InlineData("230", EngineFailure.Conflict, "Somebody else changed it meanwhile")]
    [InlineData("250", EngineFailure.Conflict, "")]
    [InlineData("264", EngineFailure.Refused, "bridge")]
    [InlineData("265", EngineFailure.NotFound, "")]
    [InlineData("269", EngineFailure.Refused, "")]
    [InlineData("524", EngineFailure.Conflict, "")]
    [InlineData("601", EngineFailure.NoSwarm, "docker swarm init")]
    [InlineData("602", EngineFailure.NoSwarm, "docker swarm init")]
    [InlineData("625", EngineFailure.Refused, "Ask an administrator for access")]
    [InlineData("631", EngineFailure.Refused, "access denied to resource")]
    [InlineData("632", EngineFailure.EngineFault, "the key's user may not change this")]
    [InlineData("634", EngineFailure.Unreachable, "the key's user may not read this")]
    [InlineData("643", EngineFailure.EngineFault, "the key's user may not change this")]
    [InlineData("670", EngineFailure.Refused, "Use the key of an administrator")]
    [InlineData("671", EngineFailure.Refused, "Use the key of an administrator")]
    [InlineData("672", EngineFailure.Refused, "access denied to resource")]
    [InlineData("673", EngineFailure.Unreachable, "the key's user may not read this")]
    [InlineData("675", EngineFailure.Refused, "Forbidden to use bind mounts")]
    [InlineData("730", EngineFailure.Unreachable, "Is the engine up?")]
    public async Task AnyRequest_RecordedRefusal_SaysWhoRefusedAndTheRemedy(string name, EngineFailure failure, string expected)
    {
        var exchange = Exchange.Read(name);
        await using EngineConnection connection = Connect(exchange, Recorded(exchange, name));
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => SendAsync(connection, exchange));
        Assert.Equal((failure, exchange.Status), (e.Failure, (int)e.StatusCode!));
        Assert.Contains(expected, e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("key\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadClusterAsync_EnvironmentByName_FindsItOnceAndReadsTheCluster()
    {
        var portainer = new RecordedPortainer("122", "512", "510", "514") { Instead = static path => path.EndsWith("_ping", StringComparison.Ordinal) ? Exchange.Read(Ping) : null };
        await using EngineConnection connection = Connect(portainer, "swarm-agent");
        ClusterSnapshot cluster = await connection.ReadClusterAsync(Token);
        await connection.ReadClusterAsync(Token);
        Assert.Equal(["manager-1", "worker-1"], cluster.Nodes.Select(static node => node.Hostname));
        Assert.NotEmpty(cluster.Services);
        Assert.NotEmpty(cluster.Tasks);
        Assert.Single(portainer.Asked, static asked => asked.Contains("name=swarm-agent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConnectAsync_OnlyAnotherNameMatches_IsNoEnvironment()
    {
        await using EngineConnection connection = Connect(new RecordedPortainer("123"), "swarm");
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        Assert.Equal(EngineFailure.NotFound, e.Failure);
        Assert.Contains("no environment 'swarm'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_WrongKey_SaysSoAndNeverShowsIt()
    {
        var portainer = new RecordedPortainer { Instead = static _ => Exchange.Read("041") };
        await using EngineConnection connection = Connect(portainer, "home");
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        Assert.Equal(EngineFailure.Refused, e.Failure);
        Assert.Contains("does not accept the API key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_SomethingElseAnswers_SaysSo()
    {
        await using EngineConnection connection = Connect(new RecordedPortainer(), "home");
        Assert.Equal(EngineFailure.NotDocker, (await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token))).Failure);
    }

    [Fact]
    public async Task ReadClusterAsync_EnvironmentMadeAnew_IsFoundAgain()
    {
        bool isGone = false;
        var portainer = new RecordedPortainer("122", "512");
        portainer.Instead = path => path.EndsWith("_ping", StringComparison.Ordinal) ? Exchange.Read(Ping) : isGone && path.EndsWith("nodes", StringComparison.Ordinal) ? Exchange.Read("210") : null;
        await using EngineConnection connection = Connect(portainer, "swarm-agent");
        await connection.ListNodesAsync(Token);
        isGone = true;
        await Assert.ThrowsAsync<EngineException>(() => connection.ListNodesAsync(Token));
        isGone = false;
        Assert.Equal(2, (await connection.ListNodesAsync(Token)).Count);
        Assert.Equal(2, portainer.Asked.Count(static asked => asked.Contains("name=swarm-agent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ConnectAsync_CertificateThatPortainerMadeForItself_IsTrustedByItsFingerprintAlone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 own = new CertificateRequest("", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        string fingerprint = own.GetCertHashString(HashAlgorithmName.SHA256);
        using var server = new TlsEngine(X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null), null);
        var endpoint = new PortainerEndpoint(new Uri($"https://127.0.0.1:{server.Port}"), "key", "1");

        await using EngineConnection pinned = EngineConnection.Through(endpoint with { CertificateFingerprint = fingerprint });
        Assert.Equal(new Version(1, 41), await pinned.ConnectAsync(Token));
        await using EngineConnection unknown = EngineConnection.Through(endpoint);
        Assert.Contains("not trusted", (await Assert.ThrowsAsync<EngineException>(() => unknown.ConnectAsync(Token))).Message, StringComparison.Ordinal);
        await using EngineConnection other = EngineConnection.Through(endpoint with { CertificateFingerprint = new string('a', fingerprint.Length) });
        Assert.Contains("not trusted", (await Assert.ThrowsAsync<EngineException>(() => other.ConnectAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Endpoint_DoesNotShowTheKey() =>
        Assert.DoesNotContain("hunter2", $"{new PortainerEndpoint(new Uri("https://portainer.lan:9443/base/"), "hunter2", "home")}", StringComparison.Ordinal);

    [Theory]
    [InlineData("ftp://portainer.lan", null, "https://host:port")]
    [InlineData("https://me:hunter2@portainer.lan", null, "without a user")]
    [InlineData("https://portainer.lan", "abcd", "SHA-256")]
    public void Through_UnusableEndpoint_SaysHowToWriteIt(string server, string? fingerprint, string expected)
    {
        var endpoint = new PortainerEndpoint(new Uri(server), "key", "home") { CertificateFingerprint = fingerprint };
        EngineException e = Assert.Throws<EngineException>(() => EngineConnection.Through(endpoint));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    private static RecordedPortainer Recorded(Exchange exchange, string name) =>
        new(name) { Instead = path => path.EndsWith("_ping", StringComparison.Ordinal) && exchange.EnginePath != "_ping" ? Exchange.Read(Ping) : null };

    private static EngineConnection Connect(Exchange exchange, RecordedPortainer portainer) => Connect(portainer, exchange.Environment, exchange.Node);

    private static EngineConnection Connect(RecordedPortainer portainer, string environment, string? node = null) => EngineConnection.Over(
        new PortainerHandler(new PortainerEndpoint(new Uri("https://portainer.lan:9443"), "key", environment) { Node = node }, portainer));

    private static async Task<JsonNode?> SendAsync(EngineConnection connection, Exchange exchange)
    {
        RawApi raw = (await connection.StartAsync(Token)).Raw;
        switch (exchange.Method.Method)
        {
            case "POST":
                return await raw.PostAsync(exchange.EnginePath, exchange.Sent as JsonObject ?? [], Token);
            case "DELETE":
                await raw.DeleteAsync(exchange.EnginePath, Token);
                return null;
            default:
                return exchange.Body is JsonArray
                    ? new JsonArray([.. (await raw.GetListAsync(exchange.EnginePath, Token)).Select(static item => item.DeepClone())])
                    : await raw.GetObjectAsync(exchange.EnginePath, Token);
        }
    }
}
