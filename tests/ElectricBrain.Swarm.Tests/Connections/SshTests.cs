using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Connections.Ssh;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Swarm.Tests.Connections;

/// <summary>An engine behind a real sshd, reached by OpenSSH's client and docker's own <c>dial-stdio</c>.</summary>
public sealed class SshTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-ssh").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_folder, "it's a docker.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ConnectAsync_KeyAndHostKnown_SpeaksToTheEngine()
    {
        using SshServer server = await SshServer.StartAsync(_folder, Token);
        using var engine = new PingSocket(Socket);
        await using EngineConnection connection = Connect(server, server.ClientOptions);
        Assert.Equal(new Version(1, 41), await connection.ConnectAsync(Token));
    }

    [Fact]
    public async Task ConnectAsync_EngineNotStarted_SaysWhatDockerSaid()
    {
        using SshServer server = await SshServer.StartAsync(_folder, Token);
        await AssertFailsAsync(server, server.ClientOptions, "Is the engine started on that host?");
    }

    [Fact]
    public async Task ConnectAsync_HostUnknown_IsRefused()
    {
        using SshServer server = await SshServer.StartAsync(_folder, Token);
        using var engine = new PingSocket(Socket);
        File.Delete(Path.Combine(_folder, "known_hosts"));
        await AssertFailsAsync(server, server.ClientOptions, "ssh does not know the host");
    }

    [Fact]
    public async Task ConnectAsync_KeyNotLetIn_SaysHowToGiveItOne()
    {
        using SshServer server = await SshServer.StartAsync(_folder, Token);
        server.Forget();
        await AssertFailsAsync(server, server.ClientOptions, "ssh-copy-id");
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_SaysSo()
    {
        SshServer server = await SshServer.StartAsync(_folder, Token);
        server.Dispose();
        await AssertFailsAsync(server, server.ClientOptions, "Connection refused");
    }

    private EngineConnection Connect(SshServer server, string[] options) => EngineConnection.Over(
        EngineTransport.Over(new SshClient(new Uri($"ssh://root@127.0.0.1:{server.Port}{Uri.EscapeDataString(Socket).Replace("%2F", "/", StringComparison.Ordinal)}"), options)));

    private async Task AssertFailsAsync(SshServer server, string[] options, string expected)
    {
        await using EngineConnection connection = Connect(server, options);
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        Assert.Equal(EngineFailure.Unreachable, e.Failure);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
