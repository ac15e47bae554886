using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Swarm.Tests.Connections;

/// <summary>TCP with TLS, as DOCKER_TLS_VERIFY and contexts ask for it.</summary>
public sealed class SecuredEndpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-tls").FullName;
    private readonly CertificateAuthority _authority = new();
    private readonly TlsEngine _engine;

    public SecuredEndpointTests() => _engine = new TlsEngine(_authority);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => $"tcp://127.0.0.1:{_engine.Port}";

    public void Dispose()
    {
        _engine.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ConnectAsync_FilesOfTheClient_Connects()
    {
        _authority.WriteClientFiles(_folder);
        Assert.Equal(new Version(1, 41), await ConnectAsync());
    }

    [Fact]
    public async Task ConnectAsync_FilesInTheDockerFolder_AreTheDefault()
    {
        _authority.WriteClientFiles(_folder);
        Assert.Equal(new Version(1, 41), await ConnectAsync(("DOCKER_CERT_PATH", null), ("DOCKER_CONFIG", _folder)));
    }

    [Fact]
    public async Task ConnectAsync_NoClientCertificate_SaysThatTheEngineWantsOne()
    {
        _authority.WriteAuthority(_folder);
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync());
        Assert.Equal(EngineFailure.Unreachable, e.Failure);
        Assert.Contains("cert.pem", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_AnotherAuthority_IsNotTrusted()
    {
        _authority.WriteClientFiles(_folder);
        using var other = new CertificateAuthority();
        other.WriteAuthority(_folder);
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync());
        Assert.Contains("ca.pem", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_CertificateOfAnotherHost_IsNotTrusted()
    {
        _authority.WriteClientFiles(_folder);
        using var elsewhere = new TlsEngine(_authority, "10.9.8.7");
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync(("DOCKER_HOST", $"tcp://127.0.0.1:{elsewhere.Port}")));
        Assert.Contains("name or address", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_VerificationSwitchedOff_TakesAnyCertificate()
    {
        _authority.WriteClientFiles(_folder);
        File.Delete(Path.Combine(_folder, "ca.pem"));
        Assert.Equal(new Version(1, 41), await ConnectAsync(("DOCKER_TLS_VERIFY", null), ("DOCKER_TLS", "1")));
    }

    [Fact]
    public void Resolve_VerificationWithoutAuthority_SaysWhereItIsSought()
    {
        EngineException e = Assert.Throws<EngineException>(() => Resolve());
        Assert.Equal(EngineFailure.UnusableEndpoint, e.Failure);
        Assert.Contains(_folder, e.Message, StringComparison.Ordinal);
        Assert.Contains("DOCKER_CERT_PATH", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cert.pem")]
    [InlineData("key.pem")]
    public async Task ConnectAsync_HalfAKeyPair_NamesTheFile(string missing)
    {
        _authority.WriteClientFiles(_folder);
        File.Delete(Path.Combine(_folder, missing));
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync());
        Assert.Contains("half of a key pair", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("cert.pem")]
    [InlineData("key.pem")]
    public async Task ConnectAsync_BrokenFile_NamesItAndShowsNothingOfIt(string broken)
    {
        _authority.WriteClientFiles(_folder);
        File.WriteAllText(Path.Combine(_folder, broken), "correct horse");
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => ConnectAsync());
        Assert.Equal(EngineFailure.UnusableEndpoint, e.Failure);
        Assert.Contains(broken is "key.pem" ? "cert.pem" : broken, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NoPort_IsTheOneForTls()
    {
        _authority.WriteClientFiles(_folder);
        Assert.Equal(2376, Resolve(("DOCKER_HOST", "tcp://host8")).Address.Port);
    }

    private async Task<Version> ConnectAsync(params (string Name, string? Value)[] environment)
    {
        await using var connection = EngineConnection.Open(Resolve(environment));
        return await connection.ConnectAsync(Token);
    }

    private EngineEndpoint Resolve(params (string Name, string? Value)[] environment) => EngineEndpoint.Resolve(name =>
        environment.Any(variable => variable.Name == name) ? environment.First(variable => variable.Name == name).Value
        : name switch
        {
            "DOCKER_HOST" => Address,
            "DOCKER_TLS_VERIFY" => "1",
            "DOCKER_CERT_PATH" => _folder,
            _ => null,
        });
}
