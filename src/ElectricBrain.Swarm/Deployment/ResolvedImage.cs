using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>What a registry knows of an image.</summary>
/// <param name="Reference">The reference with its digest.</param>
/// <param name="Platforms">The platforms that it runs on, as the engine's placement takes them.</param>
internal sealed record ResolvedImage(string Reference, JsonArray Platforms);
