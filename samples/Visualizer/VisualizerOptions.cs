namespace ElectricBrain.Samples.Visualizer;

/// <summary>What the command line asks for.</summary>
/// <param name="Simulate">Whether to show a simulated cluster.</param>
/// <param name="Seed">Which simulated history.</param>
/// <param name="Host">The engine's address; null finds it as the docker command line does.</param>
/// <param name="Addresses">Where the page is served.</param>
/// <param name="Token">What a visitor has to present; null on loopback addresses lets everybody in.</param>
public sealed record VisualizerOptions(bool Simulate, int Seed, string? Host, IReadOnlyList<Uri> Addresses, string? Token);
