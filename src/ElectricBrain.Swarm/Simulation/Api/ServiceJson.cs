using System.Text.Json;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>A service in the engine's JSON.</summary>
internal static class ServiceJson
{
    public static void Write(Utf8JsonWriter json, ServiceRecord service)
    {
        json.WriteStartObject();
        json.WriteHead(service.Id, service.Version, service.CreatedAt, service.UpdatedAt);
        json.WriteNode("Spec", service.Spec.Json);
        if (service.PreviousSpec is { } previous)
        {
            json.WriteNode("PreviousSpec", previous.Json);
        }

        WriteEndpoint(json, service);
        if (service.UpdateStatus is { } update)
        {
            json.WriteStartObject("UpdateStatus");
            json.WriteString("State", update.State);
            json.WriteTime("StartedAt", update.StartedAt);
            if (update.CompletedAt is { } completedAt)
            {
                json.WriteTime("CompletedAt", completedAt);
            }

            json.WriteString("Message", update.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, ServiceRecord service)
    {
        json.WriteStartObject("Endpoint");
        json.WriteStartObject("Spec");
        if (service.Ports.Count > 0 || service.VirtualIps.Count > 0)
        {
            json.WriteString("Mode", "vip");
            WritePorts(json, service.Spec.Ports);
        }

        json.WriteEndObject();
        WritePorts(json, service.Ports);
        if (service.VirtualIps.Count > 0)
        {
            json.WriteStartArray("VirtualIPs");
            foreach (var (network, address) in service.VirtualIps)
            {
                json.WriteStartObject();
                json.WriteString("NetworkID", network);
                json.WriteString("Addr", address);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WritePorts(Utf8JsonWriter json, IReadOnlyList<ServicePort> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        json.WriteStartArray("Ports");
        foreach (var port in ports)
        {
            json.WriteStartObject();
            if (port.Name is not null)
            {
                json.WriteString("Name", port.Name);
            }

            json.WriteString("Protocol", port.Protocol);
            json.WriteNumber("TargetPort", port.TargetPort);
            if (port.PublishedPort > 0)
            {
                json.WriteNumber("PublishedPort", port.PublishedPort);
            }

            json.WriteString("PublishMode", port.PublishMode);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
