using System.Net;
using System.Text.RegularExpressions;

namespace ElectricBrain.Samples.Visualizer.Engine;

/// <summary>Lets only the readings pass that the page needs: whatever else the program or a dependency asks for never reaches the engine.</summary>
internal sealed partial class ReadOnlyEngineHandler(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri?.AbsolutePath ?? "";
        return request.Method == HttpMethod.Get && request.Content is null && Allowed().IsMatch(path)
            ? base.SendAsync(request, cancellationToken)
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                RequestMessage = request,
                Content = new StringContent($$"""{"message":"{{request.Method}} {{path}} is not among the readings of the visualizer"}"""),
            });
    }

    /// <summary>No inspection of single objects, no configs, secrets, containers or logs.</summary>
    [GeneratedRegex(@"^(/v[0-9]+\.[0-9]+)?/(_ping|version|info|nodes|services|tasks|events)$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
