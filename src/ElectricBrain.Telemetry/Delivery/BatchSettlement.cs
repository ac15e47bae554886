using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>What became of the offered records of one attempt, counted.</summary>
internal struct BatchSettlement
{
    public int Stored;
    public int Duplicates;
    public int Late;
    public int DeadLettered;
    public int Retried;
    public string? Reason;

    public readonly int Settled => Stored + Duplicates + Late + DeadLettered;
}
