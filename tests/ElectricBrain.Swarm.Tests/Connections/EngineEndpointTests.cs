using ElectricBrain.Swarm.Connections;

namespace ElectricBrain.Swarm.Tests.Connections;

public sealed class EngineEndpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-endpoint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Resolve_NothingSet_IsTheDefaultSocket() =>
        Assert.Equal("unix:///var/run/docker.sock", Resolve().ToString());

    [Theory]
    [InlineData("unix:///run/user/1000/docker.sock", "unix:///run/user/1000/docker.sock")]
    [InlineData("tcp://10.0.0.8:2376", "tcp://10.0.0.8:2376")]
    [InlineData("tcp://[fd00::8]:2376", "tcp://[fd00::8]:2376")]
    [InlineData("tcp://host8", "tcp://host8:2375/")]
    [InlineData("tcp://host8:80/docker", "tcp://host8:80/docker")]
    [InlineData("ssh://pi@host8:2222/run/user/1000/docker.sock", "ssh://pi@host8:2222/run/user/1000/docker.sock")]
    public void Resolve_DockerHost_IsTaken(string host, string expected) =>
        Assert.Equal(expected, Resolve(("DOCKER_HOST", host)).ToString());

    [Theory]
    [InlineData("ssh://", "ssh://user@host")]
    [InlineData("ssh://host8?a=b", "ssh://user@host")]
    [InlineData("npipe:////./pipe/docker_engine", "'npipe'")]
    [InlineData("host8:2375", "tcp://")]
    [InlineData("nonsense", "unix:///path/to/docker.sock")]
    [InlineData("unix://", "path of the socket is missing")]
    [InlineData("tcp://", "tcp://host:port")]
    public void Resolve_UnusableHost_NamesItItsSourceAndTheRemedy(string host, string expected)
    {
        EngineException e = Assert.Throws<EngineException>(() => Resolve(("DOCKER_HOST", host)));
        Assert.Equal(EngineFailure.UnusableEndpoint, e.Failure);
        Assert.Contains(host, e.Message, StringComparison.Ordinal);
        Assert.Contains("DOCKER_HOST", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_PasswordInAnSshAddress_IsRefusedAndNotShown()
    {
        EngineException e = Assert.Throws<EngineException>(() => Resolve(("DOCKER_HOST", "ssh://pi:hunter2@host8")));
        Assert.Contains("agent of ssh", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Endpoint, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_ContextThatIsNotThere_SaysSoRatherThanUsingTheLocalEngine()
    {
        Assert.Contains("'remote' from DOCKER_CONTEXT", Assert.Throws<EngineException>(() => Resolve(("DOCKER_CONTEXT", "remote"))).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "config.json"), """{"currentContext":"swarm-of-pis"}""");
        Assert.Contains("swarm-of-pis", Assert.Throws<EngineException>(() => Resolve()).Message, StringComparison.Ordinal);
        Assert.Equal("unix:///var/run/docker.sock", Resolve(("DOCKER_CONTEXT", "default")).ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auths":{}}""")]
    [InlineData("""{"currentContext":"default"}""")]
    public void Resolve_ConfigurationWithoutContext_IsTheDefaultSocket(string config)
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), config);
        Assert.Equal("unix:///var/run/docker.sock", Resolve().ToString());
    }

    [Fact]
    public void Resolve_BrokenConfiguration_NamesTheFile()
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), "{");
        Assert.Contains(_folder, Assert.Throws<EngineException>(() => Resolve()).Message, StringComparison.Ordinal);
    }

    private EngineEndpoint Resolve(params (string Name, string Value)[] environment) => EngineEndpoint.Resolve(
        name => name == "DOCKER_CONFIG" ? _folder : environment.FirstOrDefault(variable => variable.Name == name).Value);
}
