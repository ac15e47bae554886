namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>Real Elasticsearch servers: the cluster that ELECTRICBRAIN_ES_URL names, or nodes that the script in ELECTRICBRAIN_ES_LAB starts.</summary>
public sealed class ElasticsearchLab
{
    private readonly LabFixture _lab;
    private ElasticsearchNode? _shared;

    internal ElasticsearchLab(LabFixture lab) => _lab = lab;

    /// <summary>The server that all suites share: use an index or namespace of your own. No security, time series windows moved on every second.</summary>
    public async Task<ElasticsearchNode> SharedAsync(CancellationToken cancellationToken)
    {
        if (_shared is null)
        {
            _shared = Environment.GetEnvironmentVariable("ELECTRICBRAIN_ES_URL") is { Length: > 0 } url
                ? new ElasticsearchNode(_lab, new Uri(url))
                : await StartAsync("shared", cancellationToken, "--set", "time_series.poll_interval=1s");
        }
        else if (_shared.IsOurs)
        {
            await _shared.RestartAsync(cancellationToken); // A test may have ended while it was killed; no change where it runs.
        }

        return _shared;
    }

    /// <summary>
    /// A server of your own, started by ELECTRICBRAIN_ES_LAB; dispose it to stop it and drop its data. The options are the start
    /// script's, such as <c>--secure</c> or <c>--set http.max_content_length=1mb</c>.
    /// </summary>
    public async Task<ElasticsearchNode> StartAsync(string name, CancellationToken cancellationToken, params string[] options)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await _lab.RunAsync("network", "up", cancellationToken);
        }

        var node = new ElasticsearchNode(_lab, name, options);
        await node.RestartAsync(cancellationToken);
        return node;
    }
}
