using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Specs;
using static ElectricBrain.Swarm.Deployment.SpecJson;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Writes a network as the engine takes it.</summary>
/// <remarks>Source: Docker Engine API 1.41, NetworkCreate.</remarks>
internal static class NetworkJson
{
    public static JsonObject Write(NetworkSpec network, string stackName) => new()
    {
        ["Name"] = network.Name,
        ["CheckDuplicate"] = true,
        ["Driver"] = network.Driver,
        ["Scope"] = "",
        ["IPAM"] = Ipam(network),
        ["Internal"] = network.IsInternal,
        ["Attachable"] = network.IsAttachable,
        ["Ingress"] = false,
        ["ConfigOnly"] = false,
        ["ConfigFrom"] = null,
        ["Options"] = Map(network.DriverOptions),
        ["Labels"] = Labels(network.Labels, (StackLabels.Namespace, stackName)),
    };

    private static JsonObject? Ipam(NetworkSpec network) => network is { AddressDriver: null, Subnets.Count: 0 } ? null : new JsonObject
    {
        ["Driver"] = network.AddressDriver ?? "",
        ["Options"] = null,
        ["Config"] = Array(network.Subnets.Select(subnet => new JsonObject { ["Subnet"] = subnet })),
    };
}
