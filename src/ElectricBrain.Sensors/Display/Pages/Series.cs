namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>The current value of a quantity, or why there is none, and its history.</summary>
internal sealed class Series(Measurand measurand, int slots, TimeSpan slotLength, TimeSpan staleAfter)
{
    /// <summary>Parts of the history that a trend compares: the last tenth with the one before it.</summary>
    private const int TrendParts = 10;

    /// <summary>The change that is a trend, as a part of the least span of an axis.</summary>
    private const double TrendThreshold = 0.1;

    private double? _value;
    private Absence _absence = Absence.NotYet;
    private TimeSpan _at;

    public Measurand Measurand => measurand;

    public History History { get; } = new(slots, slotLength);

    public AxisRange Range { get; } = new(measurand);

    /// <summary>How far values may be apart that a graph connects.</summary>
    public long LongestGap { get; } = 1 + (staleAfter.Ticks + slotLength.Ticks - 1) / slotLength.Ticks;

    /// <summary>Takes a value; one that is no number, or has no place on the axis, is none.</summary>
    public void Take(TimeSpan now, double? value, Absence absence)
    {
        _at = now;
        _value = value is { } number && double.IsFinite(number) && (number > 0 || !measurand.IsLogarithmic) ? number : null;
        _absence = absence == Absence.None && _value is null ? Absence.OutOfRange : absence;
        if (_value is { } present)
        {
            var isFirst = History.Add(now, present);
            if ((isFirst || !Range.Covers(present)) && History.TryGetExtremes(History.SlotOf(now), out var least, out var most))
            {
                Range.Cover(least, most);
            }
        }
    }

    /// <summary>The value as long as it is current.</summary>
    public bool TryGetValue(TimeSpan now, out double value, out Absence absence)
    {
        var isStale = _absence != Absence.NotYet && now - _at > staleAfter;
        value = _value ?? 0;
        absence = isStale ? Absence.Stale : _absence;
        return _value is not null && !isStale;
    }

    /// <summary>Where the values are heading.</summary>
    public Trend TrendAt(TimeSpan now)
    {
        var part = Math.Max(1, slots / TrendParts);
        var last = History.SlotOf(now);
        if (!History.TryGetMean(last - part + 1, last, out var recent) || !History.TryGetMean(last - 2 * part + 1, last - part, out var before))
        {
            return Trend.None;
        }

        var change = measurand.IsLogarithmic
            ? Math.Log(recent / before) / Math.Log(measurand.LeastSpan)
            : (recent - before) / measurand.LeastSpan;
        return change > TrendThreshold ? Trend.Rising : change < -TrendThreshold ? Trend.Falling : Trend.Steady;
    }
}
