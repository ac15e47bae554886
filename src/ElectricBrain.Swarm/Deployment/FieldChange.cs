namespace ElectricBrain.Swarm.Deployment;

/// <summary>A field that a plan changes. Contents of secrets and values of environment variables are never part of it.</summary>
/// <param name="Field">The field's path in the engine's spec, such as <c>TaskTemplate.ContainerSpec.Image</c>.</param>
/// <param name="Before">The value now, shortened; null when there is none.</param>
/// <param name="After">The wanted value, shortened; null when there is none.</param>
/// <param name="RestartsTasks">Whether the change replaces the service's tasks.</param>
public sealed record FieldChange(string Field, string? Before, string? After, bool RestartsTasks);
