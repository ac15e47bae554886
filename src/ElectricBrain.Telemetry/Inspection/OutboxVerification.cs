namespace ElectricBrain.Telemetry.Inspection;

/// <summary>What was found by reading every record of an outbox.</summary>
/// <param name="Records">Records that are intact.</param>
/// <param name="Held">Those of them that wait for the clock to be set.</param>
/// <param name="Corrupt">Sequences that are missing between them: damaged on disk.</param>
/// <param name="Unreadable">Files that could not be read.</param>
public sealed record OutboxVerification(long Records, long Held, long Corrupt, IReadOnlyList<string> Unreadable)
{
    /// <summary>Whether nothing is damaged.</summary>
    public bool IsIntact => Corrupt == 0 && Unreadable.Count == 0;
}
