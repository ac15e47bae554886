namespace ElectricBrain.Sensors.Sampling;

/// <summary>
/// Statistics that take one value after the other (Welford 1962): values that lie close together far from zero, as pressures do,
/// lose no digits, and nothing is kept of them.
/// </summary>
internal struct RunningStatistics
{
    private long _count;
    private double _minimum;
    private double _maximum;
    private double _mean;
    private double _sumOfSquares;
    private double _last;
    private DateTimeOffset _first;
    private DateTimeOffset _lastAt;

    /// <summary>The statistics so far; null without a value.</summary>
    public readonly SampleStatistics? Current => _count == 0 ? null : new SampleStatistics
    {
        Count = _count,
        Minimum = _minimum,
        Maximum = _maximum,
        Mean = _mean,
        Last = _last,
        StandardDeviation = _count == 1 ? null : Math.Sqrt(_sumOfSquares / (_count - 1)),
        FirstTimestamp = _first,
        LastTimestamp = _lastAt,
    };

    public void Add(double value, DateTimeOffset timestamp)
    {
        if (_count++ == 0)
        {
            _first = timestamp;
            _minimum = _maximum = value;
        }

        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        var difference = value - _mean;
        _mean += difference / _count;
        _sumOfSquares += difference * (value - _mean);
        _last = value;
        _lastAt = timestamp;
    }
}
