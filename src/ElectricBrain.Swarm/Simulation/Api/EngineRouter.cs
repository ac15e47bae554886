using System.Net;
using ElectricBrain.Swarm.Simulation.Orchestration;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>Finds what answers a call.</summary>
internal sealed class EngineRouter
{
    private readonly Dictionary<string, Func<EngineCall, EngineReply>> _routes;
    private readonly SystemRoutes _system;

    public EngineRouter(ClusterState state, Updater updater)
    {
        _system = new SystemRoutes(state);
        Networks = new NetworkRoutes(state);
        Nodes = new NodeRoutes(state);
        _routes = new Dictionary<string, Func<EngineCall, EngineReply>>
        {
            ["nodes"] = Nodes.Answer,
            ["services"] = new ServiceRoutes(state, updater, Networks).Answer,
            ["tasks"] = new TaskRoutes(state).Answer,
            ["networks"] = Networks.Answer,
            ["configs"] = new PayloadRoutes(state, "config", state.Configs).Answer,
            ["secrets"] = new PayloadRoutes(state, "secret", state.Secrets).Answer,
        };
    }

    public NodeRoutes Nodes { get; }

    public NetworkRoutes Networks { get; }

    public EngineReply Answer(EngineCall call)
    {
        try
        {
            if (call.ApiVersion is { } version && (!Version.TryParse(version, out var wanted) || wanted > Version.Parse(SimulatedEngine.ApiVersion)))
            {
                throw EngineError.BadRequest($"client version {version} is too new. Maximum supported API version is {SimulatedEngine.ApiVersion}");
            }

            return call.Segments is [var first, ..] && _routes.TryGetValue(first, out var route) ? route(call) : _system.Answer(call);
        }
        catch (EngineError refusal)
        {
            return EngineReply.Error(refusal.Status, refusal.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            // A JSON value of another kind than the engine's schema has.
            return EngineReply.Error(HttpStatusCode.BadRequest, "json: cannot unmarshal: " + error.Message);
        }
    }
}
