using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>An overlay network.</summary>
internal sealed class NetworkRecord(string id, string name, JsonObject request, int number)
{
    private int _lastHost = 1;

    public string Id => id;

    public string Name => name;

    /// <summary>The body of the request that created the network.</summary>
    public JsonObject Request => request;

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsIngress { get; init; }

    /// <summary>The VXLAN identifier; the engine counts from 4096.</summary>
    public int VxlanId => 4096 + number;

    public string Subnet => $"10.{number / 256}.{number % 256}.0/24";

    public string Gateway => $"10.{number / 256}.{number % 256}.1";

    public string NextAddress()
    {
        _lastHost = _lastHost >= 254 ? 2 : _lastHost + 1;
        return $"10.{number / 256}.{number % 256}.{_lastHost}/24";
    }
}
