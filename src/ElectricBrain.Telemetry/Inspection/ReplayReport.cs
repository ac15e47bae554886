namespace ElectricBrain.Telemetry.Inspection;

/// <summary>What a replay will offer again with the next start.</summary>
/// <param name="Offered">Records that are offered.</param>
/// <param name="Skipped">Dead letters that are no records, and stay where they are.</param>
public readonly record struct ReplayReport(long Offered, long Skipped);
