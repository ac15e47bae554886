using ElectricBrain.Samples.Tests.DeployTool;
using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Samples.Tests.Stacks;

/// <summary>The stack files that users begin with.</summary>
public sealed class StackFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("agent.yml")]
    [InlineData("elasticsearch.yml")]
    [InlineData("grafana-sqlite.yml")]
    [InlineData("grafana.yml")]
    [InlineData("portainer.yml")]
    [InlineData("website.yml")]
    public async Task StackFile_OnASwarm_IsReadWithoutAWordAndConverges(string file)
    {
        var stack = await ReadAsync(file);
        Assert.Empty(stack.Warnings);

        using var cluster = SmallCluster();
        await using var connection = EngineConnection.Over(new SimulatedEngine(cluster), new HurriedTime(factor: 50));
        var deployer = new StackDeployer(connection);
        if (file == "grafana.yml")
        {
            // It joins the network of the store.
            var analytics = await ReadAsync("elasticsearch.yml", "analytics");
            await deployer.ApplyAsync(await deployer.PlanAsync(analytics.Stack, cancellationToken: Cancellation), cancellationToken: Cancellation);
        }

        await deployer.ApplyAsync(await deployer.PlanAsync(stack.Stack, cancellationToken: Cancellation), cancellationToken: Cancellation);

        var result = await deployer.WaitForConvergenceAsync("sample", cancellationToken: Cancellation);
        Assert.True(result.IsConverged, string.Join('\n', result.Services));
        Assert.False((await deployer.PlanAsync(stack.Stack, cancellationToken: Cancellation)).HasChanges);
    }

    [Fact]
    public async Task StackFile_ForComposeOnOneNode_IsRefusedForASwarm()
    {
        var refusal = await Assert.ThrowsAsync<ComposeException>(() => ReadAsync("agent-hat.yml"));

        Assert.Contains(refusal.Problems, problem => problem.Key == "services.agent.group_add");
    }

    [Fact]
    public void StackFiles_InTheFolder_AreAllTested()
    {
        var tested = typeof(StackFileTests).GetMethod(nameof(StackFile_OnASwarm_IsReadWithoutAWordAndConverges))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);

        Assert.Equal([.. tested, "agent-hat.yml"], Directory.GetFiles(Folder, "*.yml").Select(path => Path.GetFileName(path)).Order().OrderBy(name => name == "agent-hat.yml"));
    }

    private static string Folder { get; } = Path.Combine(WorkingCopy.Root, "samples", "stacks");

    private static async Task<ComposeStack> ReadAsync(string file, string name = "sample")
    {
        var path = Path.Combine(Folder, file);
        return ComposeFile.Parse(await File.ReadAllTextAsync(path, Cancellation), file, Folder, name, Variable);
    }

    // What a user exports before the deployment; the rest has defaults.
    private static string? Variable(string name) => name switch
    {
        "AGENT_IMAGE" => "registry.lan:5000/sensor-agent:latest",
        "ELASTICSEARCH_URL" => "http://elastic.lan:9200",
        "ELASTIC_PASSWORD_FILE" or "ELASTICSEARCH_KEY_FILE" or "GRAFANA_PASSWORD_FILE" => Path.Combine(Folder, "README.md"),
        "NFS_SERVER" => "192.168.1.10",
        "NFS_EXPORT" => "/export/website",
        "HOSTNAME" => "hostzero",
        "I2C_GROUP" => "998",
        _ => null,
    };

    private static SimulatedCluster SmallCluster()
    {
        var cluster = new SimulatedCluster(TimeProvider.System);
        cluster.AddNode(new SimulatedNode { Hostname = "host8", Role = NodeRole.Manager, MemoryBytes = 4L << 30 });
        cluster.AddNode(new SimulatedNode { Hostname = "host5" });
        cluster.AddNode(new SimulatedNode
        {
            Hostname = "host6",
            Architecture = "x86_64",
            MemoryBytes = 8L << 30,
            Labels = new Dictionary<string, string> { ["storage"] = "ssd", ["grafana"] = "true" },
        });
        return cluster;
    }
}
