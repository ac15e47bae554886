using ArchUnitNET.Domain;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ElectricBrain.Architecture.Tests;

/// <summary>Inside a package, pure code knows nothing of the adapters that drive it.</summary>
public sealed class LayerTests
{
    [Theory]
    [InlineData("ElectricBrain.Swarm.Model", "ElectricBrain.Swarm.Connections")]
    [InlineData("ElectricBrain.Swarm.Specs", "ElectricBrain.Swarm.Connections")]
    [InlineData("ElectricBrain.Swarm.Compose", "ElectricBrain.Swarm.Connections")]
    [InlineData("ElectricBrain.Swarm.Compose", "ElectricBrain.Swarm.Deployment")]
    [InlineData("ElectricBrain.Swarm.Connections", "ElectricBrain.Swarm.Simulation")]
    [InlineData("ElectricBrain.Swarm.Deployment", "ElectricBrain.Swarm.Simulation")]
    [InlineData("ElectricBrain.Sensors.Devices", "ElectricBrain.Sensors.Enviro")]
    [InlineData("ElectricBrain.Sensors.Devices", "ElectricBrain.Sensors.Simulation")]
    [InlineData("ElectricBrain.Sensors.Display.Drawing", "ElectricBrain.Sensors.Display.Pages")]
    [InlineData("ElectricBrain.Sensors.Display.Pages", "ElectricBrain.Sensors.Devices")]
    [InlineData("ElectricBrain.Sensors.Display.Pages", "ElectricBrain.Sensors.Enviro")]
    [InlineData("ElectricBrain.Telemetry.Documents", "ElectricBrain.Telemetry.Outbox")]
    [InlineData("ElectricBrain.Telemetry.Outbox", "ElectricBrain.Telemetry.Delivery")]
    [InlineData("ElectricBrain.Telemetry.Delivery", "ElectricBrain.Telemetry.Sinks.Elasticsearch")]
    [InlineData("ElectricBrain.Telemetry.Delivery", "ElectricBrain.Telemetry.Sinks.Sqlite")]
    [InlineData("ElectricBrain.Telemetry.Delivery", "ElectricBrain.Telemetry.Sinks.Ndjson")]
    [InlineData("ElectricBrain.Telemetry.Outbox", "ElectricBrain.Telemetry.Sinks.Elasticsearch")]
    [InlineData("ElectricBrain.Telemetry.Outbox", "ElectricBrain.Telemetry.Sinks.Ndjson")]
    [InlineData("ElectricBrain.Telemetry.Outbox", "ElectricBrain.Telemetry.Sinks.Sqlite")]
    [InlineData("ElectricBrain.Telemetry.Query", "ElectricBrain.Telemetry.Sinks")]
    [InlineData("ElectricBrain.Telemetry.Sinks.Elasticsearch", "ElectricBrain.Telemetry.Sinks.Sqlite")]
    public void Folder_OfPureCode_KnowsNotItsAdapters(string inner, string outer)
    {
        var innerTypes = TypesIn(inner).ToHashSet();
        var outerTypes = TypesIn(outer).ToHashSet();
        Assert.NotEmpty(innerTypes);
        Assert.NotEmpty(outerTypes);

        var crossings = innerTypes
            .SelectMany(type => type.Dependencies)
            .Where(dependency => outerTypes.Contains(dependency.Target))
            .Select(dependency => $"{dependency.Origin.FullName} -> {dependency.Target.FullName}");

        Assert.Empty(crossings.Distinct());
    }

    [Fact]
    public void DockerClientLibrary_InSwarm_IsKnownToConnectionsOnly()
    {
        var users = Types().That().ResideInAssembly(Packages.Swarm).GetObjects(Packages.Code)
            .Where(type => type.Dependencies.Any(dependency => dependency.Target.FullName.StartsWith("Docker.DotNet", StringComparison.Ordinal)))
            .Where(type => !type.FullName.StartsWith("ElectricBrain.Swarm.Connections", StringComparison.Ordinal));

        Assert.Empty(users.Select(type => type.FullName));
    }

    private static IEnumerable<IType> TypesIn(string root) =>
        Types().GetObjects(Packages.Code).Where(type => type.Namespace.FullName == root || type.Namespace.FullName.StartsWith(root + ".", StringComparison.Ordinal));
}
