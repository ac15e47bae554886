namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>A swarm of three real engines (node1 manages, node2 and node3 work) and an image registry that they reach.</summary>
public sealed class SwarmLab
{
    private readonly LabFixture _lab;

    internal SwarmLab(LabFixture lab) => _lab = lab;

    /// <summary>The swarm as it is, with whatever earlier tests left in it, or a new one.</summary>
    public async Task<IReadOnlyList<SwarmLabNode>> UpAsync(CancellationToken cancellationToken)
    {
        var lines = await _lab.RunAsync("swarm", "up", cancellationToken);
        return [.. lines.Split('\n').Select(line => line.Split(' ')).Select(part => new SwarmLabNode(part[0], part[1], part[2], part[3]))];
    }

    /// <summary>An empty swarm: a few seconds, and no image, network or service of an earlier test.</summary>
    public async Task<IReadOnlyList<SwarmLabNode>> RecreateAsync(CancellationToken cancellationToken)
    {
        await _lab.RunAsync("swarm", "down", cancellationToken);
        return await UpAsync(cancellationToken);
    }

    /// <summary>A power cut of one node.</summary>
    public Task KillNodeAsync(SwarmLabNode node, CancellationToken cancellationToken) =>
        _lab.RunAsync("swarm", "kill", cancellationToken, node.Name);

    /// <summary>The return of a killed node, with the data it had.</summary>
    public Task StartNodeAsync(SwarmLabNode node, CancellationToken cancellationToken) =>
        _lab.RunAsync("swarm", "start", cancellationToken, node.Name);

    /// <summary>Pushes an image to the lab's registry and returns the reference by which the nodes pull it.</summary>
    /// <param name="image">The image's root file system.</param>
    /// <param name="name">Its name and tag.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="changes">Dockerfile instructions that complete it, such as <c>ENTRYPOINT ["/app"]</c>.</param>
    public async Task<string> PushImageAsync(Stream image, string name, CancellationToken cancellationToken, params string[] changes)
    {
        var manager = (await UpAsync(cancellationToken))[0];
        var reference = $"{await _lab.RunAsync("registry", "up", cancellationToken)}/{name}";
        using var engine = new EngineClient(manager.Socket);
        await engine.ImportImageAsync(image, reference, cancellationToken, changes);
        await engine.PushImageAsync(reference, cancellationToken);
        return reference;
    }
}
