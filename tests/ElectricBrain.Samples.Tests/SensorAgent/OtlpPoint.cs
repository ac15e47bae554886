namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>A point of a metric as a collector sees it.</summary>
internal sealed record OtlpPoint(double Value, string Unit, IReadOnlyDictionary<string, string> Labels);
