namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>One real Elasticsearch server.</summary>
public sealed class ElasticsearchNode : IAsyncDisposable
{
    private readonly LabFixture _lab;
    private readonly string? _name;
    private readonly string[] _options = [];
    private Uri? _url;

    internal ElasticsearchNode(LabFixture lab, Uri url) => (_lab, _url) = (lab, url);

    internal ElasticsearchNode(LabFixture lab, string name, string[] options) => (_lab, _name, _options) = (lab, name, options);

    /// <summary>Where this machine reaches it; the same after a restart.</summary>
    public Uri Url => _url ?? throw new InvalidOperationException("The server was not started");

    /// <summary>Whether the lab started it, so that it may be killed.</summary>
    public bool IsOurs => _name is not null;

    /// <summary>The folder with <c>ca.crt</c> and <c>password</c> (user elastic) of a server started with <c>--secure</c>.</summary>
    public string Folder => Path.Combine(LabPaths.Lab, $"elasticsearch-{_name}");

    /// <summary>Where a container of the lab's swarm reaches it.</summary>
    public async Task<Uri> UrlFromContainersAsync(CancellationToken cancellationToken) =>
        new UriBuilder(Url) { Host = await _lab.RunAsync("network", "status", cancellationToken) }.Uri;

    /// <summary>kill -9.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        RequireOurs();
        await _lab.RunAsync("elasticsearch", "kill", cancellationToken, "--name", _name!);
    }

    /// <summary>Starts it again on the same data and port; no change where it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        RequireOurs();
        _url = new Uri(await _lab.RunAsync("elasticsearch", "up", cancellationToken, ["--name", _name!, .. _options]));
    }

    public async ValueTask DisposeAsync()
    {
        if (IsOurs)
        {
            await _lab.RunAsync("elasticsearch", "down", CancellationToken.None, "--name", _name!);
        }
    }

    private void RequireOurs()
    {
        if (!IsOurs)
        {
            Requirement.Missing($"{Url} was not started by the lab and so is not killed; set ELECTRICBRAIN_ES_LAB instead of ELECTRICBRAIN_ES_URL");
        }
    }
}
