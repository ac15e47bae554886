namespace ElectricBrain.Swarm.Specs;

/// <summary>Where the output of the tasks goes.</summary>
/// <param name="Name">Such as <c>json-file</c>.</param>
/// <param name="Options">Options of the driver.</param>
public sealed record LogDriverSpec(string Name, IReadOnlyDictionary<string, string> Options);
