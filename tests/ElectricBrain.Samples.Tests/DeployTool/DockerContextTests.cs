using ElectricBrain.Samples.DeployTool;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Samples.Tests.DeployTool;

/// <summary>Contexts that the docker command line made lead to the same engine.</summary>
public sealed class DockerContextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-context").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Resolve_ContextWithCertificates_ConnectsByThem()
    {
        using var authority = new CertificateAuthority();
        using var engine = new TlsEngine(authority);
        string certificates = Path.Combine(_folder, "certificates");
        authority.WriteClientFiles(certificates);
        await DockerAsync(
            "context", "create", "shelf-of-pis", "--docker",
            $"host=tcp://127.0.0.1:{engine.Port},ca={certificates}/ca.pem,cert={certificates}/cert.pem,key={certificates}/key.pem");
        Directory.Delete(certificates, recursive: true);
        await DockerAsync("context", "use", "shelf-of-pis");
        Assert.Equal(new Version(1, 41), await ConnectAsync(EngineEndpoint.Resolve(Environment)));
        Assert.Equal(new Version(1, 41), await ConnectAsync(EngineEndpoint.FromContext("shelf-of-pis", Environment, "--context")));
    }

    [Fact]
    public async Task Resolve_ContextThatSkipsVerification_DoesSo()
    {
        using var authority = new CertificateAuthority();
        using var engine = new TlsEngine(authority, "elsewhere");
        authority.WriteClientFiles(_folder);
        await DockerAsync(
            "context", "create", "lax", "--docker", $"host=tcp://127.0.0.1:{engine.Port},cert={_folder}/cert.pem,key={_folder}/key.pem,skip-tls-verify=true");
        Assert.Equal(new Version(1, 41), await ConnectAsync(EngineEndpoint.FromContext("lax", Environment, "--context")));
    }

    [Fact]
    public async Task Nodes_ContextOfASocket_ListsItsNodes()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        await DockerAsync("context", "create", "local-lab", "--docker", $"host={socket.Address}");
        using StringWriter output = new();
        Assert.Equal(0, await Ebrain.RunAsync(["nodes", "--context", "local-lab"], output, output, Environment, TimeProvider.System));
    }

    [Fact]
    public async Task Nodes_ContextRemoved_NamesItAndTheRemedy()
    {
        using StringWriter output = new();
        Assert.Equal(3, await Ebrain.RunAsync(["nodes", "--context", "gone"], output, output, Environment, TimeProvider.System));
        Assert.Contains("'gone' from --context", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("docker context ls", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("each name an engine", "--context", "a", "--host", "unix:///b")]
    [InlineData("each name an engine", "--context", "a", "--portainer", "https://b:9443", "--environment", "c")]
    [InlineData("each name an engine", "--host", "unix:///a", "--portainer", "https://b:9443", "--environment", "c")]
    [InlineData("--environment", "--portainer", "https://b:9443")]
    [InlineData("PORTAINER_API_KEY", "--portainer", "https://b:9443", "--environment", "c")]
    [InlineData("https://host:9443", "--portainer", "b", "--environment", "c")]
    public async Task Nodes_ConnectionHalfNamedOrTwice_IsAUsageError(string expected, params string[] arguments)
    {
        using StringWriter output = new();
        Assert.Equal(2, await Ebrain.RunAsync(["nodes", .. arguments], output, output, Environment, TimeProvider.System));
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<Version> ConnectAsync(EngineEndpoint endpoint)
    {
        await using var connection = EngineConnection.Open(endpoint);
        return await connection.ConnectAsync(Token);
    }

    private async Task DockerAsync(params string[] arguments) =>
        await DockerCommandLine.RunAsync(await DockerCommandLine.FindAsync(), [("DOCKER_CONFIG", _folder), ("DOCKER_HOST", ""), ("DOCKER_CONTEXT", "")], arguments);

    private string? Environment(string name) => name == "DOCKER_CONFIG" ? _folder : null;
}
