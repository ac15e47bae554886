namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>When each agent delivered for the first time after the server went away.</summary>
internal sealed class FleetReturns(FleetAgent[] agents, DateTimeOffset gone)
{
    private readonly double?[] _seconds = new double?[agents.Length];

    public bool HaveBegun()
    {
        Look();
        return Array.Exists(_seconds, static seconds => seconds is not null);
    }

    public bool AreComplete()
    {
        Look();
        return Array.TrueForAll(_seconds, static seconds => seconds is not null);
    }

    /// <summary>Counted from the first agent's return.</summary>
    public override string ToString()
    {
        var first = _seconds.Min()!.Value;
        double[] seconds = [.. _seconds.Select(at => at!.Value - first).Order()];
        double Percentile(double share) => seconds[(int)Math.Ceiling(share * seconds.Length) - 1];
        var busiest = seconds.GroupBy(static second => (int)second).Max(static second => second.Count());
        return $"1 % of the agents after {Percentile(0.01):F1} s, 50 % {Percentile(0.5):F1} s, 99 % {Percentile(0.99):F1} s, all {Percentile(1):F1} s; in the busiest second {busiest:N0} agents";
    }

    /// <summary>Often enough that no agent delivers twice in between.</summary>
    private void Look()
    {
        for (var i = 0; i < agents.Length; i++)
        {
            if (agents[i].Status.LastSuccessAt is { } at && at > gone)
            {
                _seconds[i] ??= (at - gone).TotalSeconds;
            }
        }
    }
}
