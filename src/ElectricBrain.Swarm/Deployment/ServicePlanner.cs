using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Registry;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Compares a wanted service with the observed one, and writes the spec to send.</summary>
internal static class ServicePlanner
{
    private const string NetworksPath = "TaskTemplate.Networks";
    private const string EnvironmentPath = "TaskTemplate.ContainerSpec.Env";
    private const int LongestValue = 120;

    /// <summary>Writes the whole spec of a service as it is wanted.</summary>
    public static JsonObject Wanted(ServiceSpec service, string stackName, ObservedStack observed, ObservedObject? current)
    {
        (string image, JsonArray? platforms) = ImageOf(service, observed, current);
        return ServiceJson.Write(service, stackName, image, platforms, (kind, name) => observed.Find(kind, name)?.Id);
    }

    /// <summary>Puts the wanted fields into an observed spec; what the stack does not decide stays.</summary>
    public static JsonObject Merge(JsonObject observedSpec, JsonObject wanted, ObservedStack observed)
    {
        var merged = (JsonObject)observedSpec.DeepClone();
        foreach (ManagedField field in ServiceFields.All)
        {
            // An equal meaning keeps its spelling, so that the engine sees no change where there is none.
            JsonNode? before = field.Canonical(Identified(field, observedSpec, observed));
            if (!JsonNode.DeepEquals(before, field.Canonical(Identified(field, wanted, observed))))
            {
                field.Set(merged, field.Get(wanted));
            }
        }

        return merged;
    }

    /// <summary>Lists the fields whose meaning differs.</summary>
    public static IReadOnlyList<FieldChange> Compare(JsonObject observedSpec, JsonObject wanted, ObservedStack observed)
    {
        List<FieldChange> changes = [];
        foreach (ManagedField field in ServiceFields.All)
        {
            JsonNode? before = field.Canonical(Identified(field, observedSpec, observed));
            JsonNode? after = field.Canonical(Identified(field, wanted, observed));
            if (!JsonNode.DeepEquals(before, after))
            {
                changes.Add(new FieldChange(field.Path, Show(field, before, after), Show(field, after, before), field.RestartsTasks));
            }
        }

        return changes;
    }

    /// <summary>The kind of a service's mode, such as <c>Replicated</c>.</summary>
    public static string? ModeOf(JsonObject spec) => (spec["Mode"] as JsonObject)?.Select(entry => entry.Key).FirstOrDefault();

    private static (string Image, JsonArray? Platforms) ImageOf(ServiceSpec service, ObservedStack observed, ObservedObject? current)
    {
        if (observed.Images.TryGetValue(service.Image, out ResolvedImage? resolved))
        {
            return (resolved.Reference, resolved.Platforms);
        }

        // The registry does not answer: what runs already keeps the digest that it was once resolved to.
        return current?.Label(StackLabels.Image) == service.Image && current.Spec["TaskTemplate"]?["ContainerSpec"]?["Image"]?.ToString() is { Length: > 0 } running
            ? (running, current.Spec["TaskTemplate"]?["Placement"]?["Platforms"] as JsonArray)
            : (ImageReference.WithTag(service.Image), null);
    }

    // The engine replaces a network's name by its identifier.
    private static JsonNode? Identified(ManagedField field, JsonObject spec, ObservedStack observed)
    {
        if (field.Path != NetworksPath || field.Get(spec) is not JsonArray networks)
        {
            return field.Get(spec);
        }

        var identified = (JsonArray)networks.DeepClone();
        foreach (JsonObject attachment in identified.OfType<JsonObject>())
        {
            string target = attachment["Target"]?.ToString() ?? "";
            attachment["Target"] = observed.Find(ObjectKind.Network, target)?.Id ?? target;
        }

        return new JsonArray([.. identified.OfType<JsonObject>().OrderBy(attachment => attachment["Target"]?.ToString(), StringComparer.Ordinal).Select(attachment => attachment.DeepClone())]);
    }

    private static string? Show(ManagedField field, JsonNode? value, JsonNode? other)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonArray variables when field.Path == EnvironmentPath:
                HashSet<string> same = [.. (other as JsonArray ?? []).Select(item => item?.ToString() ?? "")];
                return string.Join(", ", variables.Select(item => item?.ToString() ?? "").Where(item => !same.Contains(item)).Select(item => $"{item.Split('=', 2)[0]}=***"));
            case JsonObject map when field.Path.EndsWith("Labels", StringComparison.Ordinal):
                return Shorten(string.Join(", ", map.Select(entry => $"{entry.Key}={(Redaction.IsSecretName(entry.Key) ? "***" : Redaction.Hide(entry.Value?.ToString() ?? ""))}")));
            default:
                return Shorten(Redaction.Hide(value is JsonValue ? value.ToString() : value.ToJsonString(RelaxedJson.Options)));
        }
    }

    private static string Shorten(string text) => text.Length <= LongestValue ? text : $"{text[..(LongestValue - 1)]}…";
}
