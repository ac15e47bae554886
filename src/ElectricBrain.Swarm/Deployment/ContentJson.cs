using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Specs;
using static ElectricBrain.Swarm.Deployment.SpecJson;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Writes configs and secrets as the engine takes them.</summary>
/// <remarks>Source: Docker Engine API 1.41, ConfigSpec and SecretSpec.</remarks>
internal static class ContentJson
{
    public static JsonObject Write(ConfigSpec config, string stackName) => Object(
        ("Name", config.Name),
        ("Labels", Labels(config.Labels, (StackLabels.Namespace, stackName))),
        ("Data", Convert.ToBase64String(config.Content.Span)));

    public static JsonObject Write(SecretSpec secret, string stackName) => Object(
        ("Name", secret.Name),
        ("Labels", Labels(secret.Labels, (StackLabels.Namespace, stackName), (StackLabels.Fingerprint, SecretFingerprint.Create(secret.Content.Span)))),
        ("Data", Convert.ToBase64String(secret.Content.Span)));
}
