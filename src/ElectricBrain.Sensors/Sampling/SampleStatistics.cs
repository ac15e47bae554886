namespace ElectricBrain.Sensors.Sampling;

/// <summary>What the values of a quantity over a time come to. There is at least one value.</summary>
public readonly record struct SampleStatistics
{
    /// <summary>The number of values.</summary>
    public long Count { get; init; }

    /// <summary>The smallest value.</summary>
    public double Minimum { get; init; }

    /// <summary>The largest value.</summary>
    public double Maximum { get; init; }

    /// <summary>The arithmetic mean.</summary>
    public double Mean { get; init; }

    /// <summary>The last value.</summary>
    public double Last { get; init; }

    /// <summary>The standard deviation of the sample (with n - 1); null for a single value.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>When the first value was taken.</summary>
    public DateTimeOffset FirstTimestamp { get; init; }

    /// <summary>When the last value was taken.</summary>
    public DateTimeOffset LastTimestamp { get; init; }

    /// <summary>
    /// The statistics of two times together, such as an hour from its minutes (Chan, Golub and LeVeque 1979). Exact up to rounding.
    /// </summary>
    /// <param name="earlier">The earlier time.</param>
    /// <param name="later">The later time; it has the last value.</param>
    public static SampleStatistics Merge(in SampleStatistics earlier, in SampleStatistics later)
    {
        if (earlier.Count == 0 || later.Count == 0)
        {
            return earlier.Count == 0 ? later : earlier;
        }

        var count = earlier.Count + later.Count;
        var difference = later.Mean - earlier.Mean;
        var squares = earlier.SumOfSquares + later.SumOfSquares + difference * difference * earlier.Count * later.Count / count;
        return new SampleStatistics
        {
            Count = count,
            Minimum = Math.Min(earlier.Minimum, later.Minimum),
            Maximum = Math.Max(earlier.Maximum, later.Maximum),
            Mean = earlier.Mean + difference * later.Count / count,
            Last = later.Last,
            StandardDeviation = Math.Sqrt(squares / (count - 1)),
            FirstTimestamp = earlier.FirstTimestamp,
            LastTimestamp = later.LastTimestamp,
        };
    }

    /// <summary>The squared deviations from the mean, summed up.</summary>
    private double SumOfSquares => StandardDeviation is { } deviation ? deviation * deviation * (Count - 1) : 0;
}
