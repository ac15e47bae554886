using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>The agents of samples/stacks/agent.yml on the lab's swarm.</summary>
internal sealed class AgentStack(IReadOnlyList<SwarmLabNode> nodes, string image, Uri elasticsearch)
{
    private const string Name = "agents";

    private readonly Dictionary<string, string> _environment = new()
    {
        ["DOCKER_HOST"] = nodes[0].DockerHost,
        ["AGENT_IMAGE"] = image,
        ["ELASTICSEARCH_URL"] = elasticsearch.ToString(),
    };

    /// <summary>Deploys the agents on an empty swarm.</summary>
    public static async Task<AgentStack> DeployAsync(LabFixture lab, Uri elasticsearch, CancellationToken cancellationToken)
    {
        var nodes = await lab.Swarm.RecreateAsync(cancellationToken);
        var stack = new AgentStack(nodes, await AgentImage.PublishAsync(lab, cancellationToken), elasticsearch);
        await stack.UpAsync(cancellationToken);
        return stack;
    }

    public Task UpAsync(CancellationToken cancellationToken) =>
        Ebrain.RunAsync(["up", "-c", Path.Combine("samples", "stacks", "agent.yml"), Name], _environment, cancellationToken);

    /// <summary>Takes the stack down and waits until no agent runs any more.</summary>
    public async Task DownAsync(CancellationToken cancellationToken)
    {
        await Ebrain.RunAsync(["down", Name], _environment, cancellationToken);
        foreach (var node in nodes)
        {
            using var engine = new EngineClient(node.Socket);
            await Eventually.TrueAsync(
                $"no agent runs on {node.Name}",
                async () => (await engine.GetAsync("containers/json", cancellationToken)).GetArrayLength() == 0,
                cancellationToken);
        }
    }

    /// <summary>What each agent itself has on its volume, oldest first.</summary>
    public async Task<IReadOnlyList<StoredReading>> StoredAsync(CancellationToken cancellationToken)
    {
        var readings = new List<StoredReading>();
        foreach (var node in nodes)
        {
            using var engine = new EngineClient(node.Socket);
            var volume = (await engine.GetAsync($"volumes/{Name}_store", cancellationToken)).GetProperty("Mountpoint").GetString()!;
            readings.AddRange(await AgentStore.ReadAsync(Path.Combine(volume, "readings"), cancellationToken));
        }

        return readings;
    }

    /// <summary>Keeps what the agents said for people to look at.</summary>
    public async Task KeepLogsAsync()
    {
        foreach (var node in nodes)
        {
            using var engine = new EngineClient(node.Socket);
            foreach (var container in (await engine.GetAsync("containers/json?all=1", CancellationToken.None)).EnumerateArray())
            {
                var id = container.GetProperty("Id").GetString()!;
                var log = await engine.GetTextAsync($"containers/{id}/logs?stdout=1&stderr=1", CancellationToken.None);
                await File.WriteAllTextAsync(Path.Combine(LabPaths.Results, $"agent-{node.Name}-{id[..8]}.txt"), log);
            }
        }
    }
}
