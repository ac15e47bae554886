namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Tasks of one service that cannot run, or failed, for one reason.</summary>
public sealed record ProblemView(string Service, string? Stack, int Tone, string Kind, string Reason, int Count, DateTimeOffset Since, string Where);
