using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Connections.Portainer;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Connections;

/// <summary>A connection to one engine, by which a cluster is read and changed. Safe for concurrent use.</summary>
/// <remarks>Opening does no input or output: the first call connects and agrees on the API version.</remarks>
public sealed class EngineConnection : IAsyncDisposable
{
    private readonly HttpMessageHandler _transport;
    private readonly Uri _baseAddress;
    private readonly SemaphoreSlim _negotiating = new(1, 1);
    private EngineSession? _session;

    private EngineConnection(HttpMessageHandler transport, Uri baseAddress, string endpoint, TimeProvider timeProvider)
    {
        _transport = new EngineFaultHandler(transport, endpoint, baseAddress.Scheme == Uri.UriSchemeHttps, timeProvider);
        _baseAddress = baseAddress;
        Endpoint = endpoint;
        TimeProvider = timeProvider;
    }

    /// <summary>The endpoint as the user knows it, such as <c>unix:///var/run/docker.sock</c>.</summary>
    public string Endpoint { get; }

    internal TimeProvider TimeProvider { get; }

    /// <summary>Opens a connection to an endpoint.</summary>
    /// <param name="endpoint">Where the engine listens.</param>
    /// <param name="timeProvider">The clock of time limits; the system's when null.</param>
    /// <param name="around">Puts a handler around the transport, such as one that lets only some requests pass; none when null.</param>
    public static EngineConnection Open(
        EngineEndpoint endpoint, TimeProvider? timeProvider = null, Func<HttpMessageHandler, HttpMessageHandler>? around = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        HttpMessageHandler transport = EngineTransport.Open(endpoint);
        return new EngineConnection(
            around?.Invoke(transport) ?? transport, EngineTransport.BaseAddress(endpoint), endpoint.ToString(), timeProvider ?? TimeProvider.System);
    }

    /// <summary>Opens a connection through Portainer.</summary>
    /// <param name="endpoint">The server, the key and the environment.</param>
    /// <param name="timeProvider">The clock of time limits; the system's when null.</param>
    /// <param name="around">Puts a handler around the transport, such as one that lets only some requests pass; none when null.</param>
    /// <exception cref="EngineException">A file or a fingerprint cannot be used.</exception>
    public static EngineConnection Through(
        PortainerEndpoint endpoint, TimeProvider? timeProvider = null, Func<HttpMessageHandler, HttpMessageHandler>? around = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        HttpMessageHandler transport = new PortainerHandler(endpoint, PortainerTransport.Open(endpoint));
        return new EngineConnection(around?.Invoke(transport) ?? transport, new Uri("http://docker/"), endpoint.ToString(), timeProvider ?? TimeProvider.System);
    }

    /// <summary>Opens a connection over a handler that answers the engine API itself: a simulation, a recording or a proxy.</summary>
    /// <param name="handler">Answers requests such as <c>GET /_ping</c> and <c>GET /v1.41/nodes</c>; disposed of with the connection.</param>
    /// <param name="timeProvider">The clock of time limits; the system's when null.</param>
    public static EngineConnection Over(HttpMessageHandler handler, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EngineConnection(handler, new Uri("http://engine/"), handler.GetType().Name, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Connects and agrees on the API version, unless that has happened.</summary>
    /// <returns>The agreed version, such as 1.41.</returns>
    /// <exception cref="EngineException">The engine is unreachable, too old, or not Docker's.</exception>
    public async Task<Version> ConnectAsync(CancellationToken cancellationToken = default) =>
        (await StartAsync(cancellationToken).ConfigureAwait(false)).Version;

    /// <summary>Lists the nodes, by host name.</summary>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public async Task<IReadOnlyList<SwarmNode>> ListNodesAsync(CancellationToken cancellationToken = default) =>
        (await ClusterReader.ReadNodesAsync(await StartAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Items;

    /// <summary>Lists the services, by name.</summary>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public async Task<IReadOnlyList<SwarmService>> ListServicesAsync(CancellationToken cancellationToken = default) =>
        (await ClusterReader.ReadServicesAsync(await StartAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Items;

    /// <summary>Lists the tasks that the managers still remember, by service, slot and age, the newest first.</summary>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public async Task<IReadOnlyList<SwarmTask>> ListTasksAsync(CancellationToken cancellationToken = default) =>
        (await ClusterReader.ReadTasksAsync(await StartAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Items;

    /// <summary>Reads nodes, services and tasks together.</summary>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public async Task<ClusterSnapshot> ReadClusterAsync(CancellationToken cancellationToken = default) =>
        (await ClusterReader.ReadAsync(await StartAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)).Snapshot;

    /// <summary>Releases the connection; calls under way fail.</summary>
    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _transport.Dispose();
        _negotiating.Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task<EngineSession> StartAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _session) is { } ready)
        {
            return ready;
        }

        await _negotiating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _session ??= await EngineSession.StartAsync(_transport, _baseAddress, Endpoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _negotiating.Release();
        }
    }
}
