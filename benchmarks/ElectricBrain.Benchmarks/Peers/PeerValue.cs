namespace ElectricBrain.Benchmarks.Peers;

/// <summary>One quantity of a case: what we give for the recorded bytes, and why the peer gives something else, if it does.</summary>
/// <param name="Quantity">What it is, with its unit.</param>
/// <param name="Ours">Our value; null where we give none.</param>
/// <param name="Reason">Why the peer's differs; null where it must be the same.</param>
internal sealed record PeerValue(string Quantity, double? Ours, string? Reason = null);

/// <summary>Recorded bytes for both sides.</summary>
/// <param name="Name">What they show.</param>
/// <param name="Input">The bytes, as the peer takes them.</param>
/// <param name="Values">What comes of them.</param>
internal sealed record PeerCase(string Name, object Input, IReadOnlyList<PeerValue> Values);
