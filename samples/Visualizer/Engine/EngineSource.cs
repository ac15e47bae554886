using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Simulation;

namespace ElectricBrain.Samples.Visualizer.Engine;

/// <summary>The cluster that is shown: a real one behind an engine, or a simulated one.</summary>
public sealed class EngineSource : IAsyncDisposable
{
    private readonly SimulatedCluster? _simulated;

    private EngineSource(EngineConnection connection, string description, SimulatedCluster? simulated) =>
        (Connection, Description, _simulated) = (connection, description, simulated);

    public EngineConnection Connection { get; }

    /// <summary>The engine's address, or the words "a simulated cluster".</summary>
    public string Description { get; }

    public bool IsSimulated => _simulated is not null;

    /// <exception cref="StartupException">The engine's address cannot be used.</exception>
    public static EngineSource For(VisualizerOptions options)
    {
        if (options.Simulate)
        {
            return Simulated(SimulatedCluster.CreateHome(TimeProvider.System, options.Seed));
        }

        try
        {
            var endpoint = options.Host is null ? EngineEndpoint.Resolve() : EngineEndpoint.Parse(options.Host, "--host");
            return new EngineSource(EngineConnection.Open(endpoint, around: transport => new ReadOnlyEngineHandler(transport)), endpoint.ToString(), null);
        }
        catch (EngineException error)
        {
            throw StartupException.BadOption(error.Message);
        }
    }

    public static EngineSource Simulated(SimulatedCluster cluster, TimeProvider? clock = null) => new(
        EngineConnection.Over(new ReadOnlyEngineHandler(new SimulatedEngine(cluster)), clock), "a simulated cluster", cluster);

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _simulated?.Dispose();
    }
}
