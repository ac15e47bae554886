namespace ElectricBrain.Telemetry.Sinks.Sqlite;

/// <summary>Readings of one series in one span, summed up.</summary>
internal struct RollupBucket
{
    public long Count;
    public double Minimum;
    public double Maximum;
    public double Sum;
    public long LastTimestamp;
    public double Last;

    public void Add(long timestamp, double value)
    {
        Minimum = Count == 0 ? value : Math.Min(Minimum, value);
        Maximum = Count == 0 ? value : Math.Max(Maximum, value);
        if (Count == 0 || timestamp > LastTimestamp)
        {
            (LastTimestamp, Last) = (timestamp, value);
        }

        Sum += value;
        Count++;
    }
}
