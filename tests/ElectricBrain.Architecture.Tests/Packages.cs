using System.Reflection;
using ArchLoader = ArchUnitNET.Loader.ArchLoader;
using Model = ArchUnitNET.Domain.Architecture;

namespace ElectricBrain.Architecture.Tests;

/// <summary>The packages, and their code as the rules see it.</summary>
internal static class Packages
{
    public static readonly Assembly Sensors = Assembly.Load("ElectricBrain.Sensors");
    public static readonly Assembly Swarm = Assembly.Load("ElectricBrain.Swarm");
    public static readonly Assembly Telemetry = Assembly.Load("ElectricBrain.Telemetry");

    public static readonly Model Code = new ArchLoader()
        .LoadAssemblies(Sensors, Swarm, Telemetry, Assembly.Load("ElectricBrain.Telemetry.Mqtt"))
        .Build();

    public static TheoryData<string> Names => new("ElectricBrain.Sensors", "ElectricBrain.Swarm", "ElectricBrain.Telemetry", "ElectricBrain.Telemetry.Mqtt");

    public static IEnumerable<Type> TypesOf(string package) =>
        Assembly.Load(package).GetTypes().Where(type => type.Namespace?.StartsWith("ElectricBrain", StringComparison.Ordinal) == true);
}
