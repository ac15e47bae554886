using ElectricBrain.Swarm.Tests.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Samples.Tests.DeployTool;

/// <summary>A scripted engine behind a real unix socket, which real command lines talk to.</summary>
internal sealed class EngineSocket : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-engine").FullName;
    private readonly HttpMessageInvoker _invoker;
    private readonly WebApplication _server;

    private EngineSocket()
    {
        _invoker = new HttpMessageInvoker(Engine);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Path.Combine(_folder, "docker.sock")));
        _server = builder.Build();
        _server.Run(ForwardAsync);
    }

    public ScriptedEngine Engine { get; } = new();

    public string Address => $"unix://{Path.Combine(_folder, "docker.sock")}";

    public static async Task<EngineSocket> StartAsync()
    {
        var socket = new EngineSocket();
        await socket._server.StartAsync();
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _invoker.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), $"http://engine{context.Request.Path.ToUriComponent()}{context.Request.QueryString}");
        if (context.Request.Method == "POST")
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        using HttpResponseMessage response = await _invoker.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach ((string name, IEnumerable<string> values) in response.Headers)
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (context.Request.Method != "HEAD")
        {
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
