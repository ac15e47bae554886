using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>Gives the typed client the connection's own handler, which the client neither chooses nor disposes of.</summary>
internal sealed class SharedHandlerFactory(HttpMessageHandler shared, Uri baseAddress) : IDockerHandlerFactory<SharedHandlerFactory.NoOptions>
{
    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) => new(new Lease(shared), baseAddress);

    public ResolvedTransport CreateHandler(NoOptions transportOptions, ResolvedClientOptions clientOptions, ILogger logger) =>
        CreateHandler(clientOptions, logger);

    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new NotSupportedException("Attaching to a container is not part of this library.");

    internal sealed record NoOptions
    {
        public static NoOptions Instance { get; } = new();
    }

    private sealed class Lease(HttpMessageHandler shared) : DelegatingHandler(shared)
    {
#pragma warning disable CA2215 // The shared handler belongs to the connection.
        protected override void Dispose(bool disposing)
        {
        }
#pragma warning restore CA2215
    }
}
