namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>The records on their way as JSON.</summary>
/// <param name="Pending">Records that the slowest destination has not taken yet.</param>
/// <param name="Bytes">What they occupy on disk.</param>
/// <param name="MaxBytes">What they may occupy.</param>
/// <param name="Written">Records made durable since the start.</param>
/// <param name="InMemory">Records that could not be made durable yet.</param>
/// <param name="Lost">Records given up, since they could not be made durable for too long.</param>
internal sealed record OutboxDocument(long Pending, long Bytes, long MaxBytes, long Written, int InMemory, long Lost);
