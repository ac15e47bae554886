namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>One server of the cluster, and how it fares; changed by its <see cref="NodePool"/> only.</summary>
/// <param name="root">Its address without user information, which must not appear in messages.</param>
internal sealed class Node(string root)
{
    public string Root => root;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When it is tried again, a timestamp of the clock; means something only after a failure.</summary>
    public long DeadUntil { get; set; }

    public bool IsAlive => Failures == 0;
}
