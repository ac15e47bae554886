using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation;

namespace ElectricBrain.Swarm.Tests.Simulation;

public sealed class HomeClusterTests
{
    private const double Gigabyte = 1L << 30;

    [Fact]
    public async Task CreateHome_AtOnce_IsTheShelfOfBoardsWithItsStacksRunning()
    {
        var clock = SimulationRig.NewClock();
        await using var rig = new SimulationRig(SimulatedCluster.CreateHome(clock), clock);
        var cluster = await rig.ReadAsync();

        Assert.Equal((32, 81), (cluster.TotalCpus, cluster.TotalMemoryBytes / Gigabyte));
        Assert.Equal(["aarch64", "armv6l", "armv7l", "x86_64"], cluster.Nodes.Select(node => node.Architecture).Distinct().Order());
        Assert.Equal("host8", cluster.Nodes.Single(node => node.IsLeader).Hostname);
        Assert.Superset(new HashSet<string?> { "portainer", "website", "elasticsearch", "agents", "registry", "visualizer" }, cluster.Services.Select(service => service.StackName).ToHashSet());
        Assert.True((await rig.RunningAsync()).Count > 20);
        Assert.Contains(cluster.Tasks, task => task is { State: TaskState.Pending, Error: not null });
    }

    [Fact]
    public async Task CreateHome_OverAnHour_TasksFailNodesDrainAndServicesAreUpdated()
    {
        var clock = SimulationRig.NewClock();
        await using var rig = new SimulationRig(SimulatedCluster.CreateHome(clock), clock);
        HashSet<string> seen = [];
        for (var minute = 0; minute < 60 * 4; minute++)
        {
            rig.Pass(15);
            var cluster = await rig.ReadAsync();
            seen.UnionWith(cluster.Tasks.Where(task => task.State == TaskState.Failed).Select(_ => "failed task"));
            seen.UnionWith(cluster.Nodes.Where(node => node.Availability == NodeAvailability.Drain).Select(_ => "drained node"));
            seen.UnionWith(cluster.Nodes.Where(node => node.State == NodeState.Down).Select(_ => "node down"));
            seen.UnionWith(cluster.Services.Where(service => service.UpdateState == "updating").Select(_ => "update"));
        }

        Assert.Equal(["drained node", "failed task", "node down", "update"], seen.Order());
    }
}
