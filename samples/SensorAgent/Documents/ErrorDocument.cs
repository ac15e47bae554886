namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>Why a request was refused, as JSON.</summary>
/// <param name="Error">The parameter and the remedy.</param>
internal sealed record ErrorDocument(string Error);
