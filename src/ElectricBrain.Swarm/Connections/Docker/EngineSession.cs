using Docker.DotNet;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>The two clients of one engine once the API version is agreed: typed for reading, raw JSON for specs.</summary>
internal sealed class EngineSession : IDisposable
{

    private EngineSession(HttpMessageHandler transport, Uri baseAddress, string endpoint, Version version)
    {
        Typed = new DockerClientBuilder()
            .WithEndpoint(baseAddress)
            .WithApiVersion(version)
            .WithTransportOptions(new SharedHandlerFactory(transport, baseAddress), SharedHandlerFactory.NoOptions.Instance)
            .Build();
        Raw = new RawApi(NewClient(transport, new Uri(baseAddress, $"v{version}/")), endpoint);
        Version = version;
        Endpoint = endpoint;
    }

    public DockerClient Typed { get; }

    public RawApi Raw { get; }

    public Version Version { get; }

    public string Endpoint { get; }

    /// <summary>Agrees on the API version over the transport, which stays the caller's.</summary>
    public static async Task<EngineSession> StartAsync(
        HttpMessageHandler transport, Uri baseAddress, string endpoint, CancellationToken cancellationToken)
    {
        using HttpClient http = NewClient(transport, baseAddress);
        Version version = await ApiNegotiation.NegotiateAsync(http, endpoint, cancellationToken).ConfigureAwait(false);
        return new EngineSession(transport, baseAddress, endpoint, version);
    }

    public void Dispose()
    {
        Typed.Dispose();
        Raw.Dispose();
    }

    // Time limits are the fault handler's: a stream of events has none.
    private static HttpClient NewClient(HttpMessageHandler transport, Uri baseAddress) =>
        new(transport, disposeHandler: false) { BaseAddress = baseAddress, Timeout = Timeout.InfiniteTimeSpan };
}
