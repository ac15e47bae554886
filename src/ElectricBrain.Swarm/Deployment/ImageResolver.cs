using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Registry;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Asks registries, through the engine, which digest a tag stands for. A registry that does not answer is a warning only.</summary>
internal static class ImageResolver
{
    // An engine without internet waits long for its name server.
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(8);

    public static async Task<(string Image, ResolvedImage? Resolved, string? Warning)> ResolveAsync(
        RawApi api, TimeProvider timeProvider, string image, CancellationToken cancellationToken)
    {
        string reference = ImageReference.WithTag(image);
        using var timeout = new CancellationTokenSource(QueryTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            JsonObject answer = await api.GetObjectAsync($"distribution/{reference}/json", either.Token).ConfigureAwait(false);
            return answer["Descriptor"]?["digest"] is JsonValue digest && digest.TryGetValue(out string? value) && value.Length > 0
                ? (image, new ResolvedImage(ImageReference.HasDigest(reference) ? reference : $"{reference}@{value}", Platforms(answer["Platforms"])), null)
                : (image, null, Unresolved(image, "the answer names no digest"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (image, null, Unresolved(image, $"its registry did not answer within {QueryTimeout.TotalSeconds:0} s"));
        }
        catch (EngineException e) when (e.Failure is not EngineFailure.Unreachable)
        {
            return (image, null, Unresolved(image, e.Message));
        }
    }

    private static string Unresolved(string image, string reason) =>
        $"The digest of {image} could not be asked of its registry, so nodes may run different versions of it: {reason}";

    // An arm image does not say here which of armv6 and armv7 it needs, and a node's name of its own processor differs from both.
    private static JsonArray Platforms(JsonNode? platforms) =>
        SpecJson.Array((platforms as JsonArray ?? []).OfType<JsonObject>().Select(Platform)) ?? [];

    private static JsonObject Platform(JsonObject platform)
    {
        string architecture = platform["architecture"]?.ToString() ?? "";
        return SpecJson.Object(
            ("Architecture", architecture == "arm" ? null : SpecJson.Text(architecture)), ("OS", SpecJson.Text(platform["os"]?.ToString())));
    }
}
