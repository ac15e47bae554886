using System.Net;

namespace ElectricBrain.Samples.Visualizer.Security;

/// <summary>
/// Keeps the page to itself: nothing is loaded from elsewhere, no other site may frame it, and a loopback page answers to loopback names only,
/// so that no site that a visitor has open reaches it under a name of its own (DNS rebinding).
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, VisualizerOptions options)
{
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        if (options.Token is null && !IsLoopbackName(context.Request.Host.Host))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("This page answers to localhost only. Serve it under other names with --urls and --token-file.");
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    private static bool IsLoopbackName(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
