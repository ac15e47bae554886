namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// A temperature as a body beside it sees it: with the load a processor's jumps by 10 K in seconds, which air and board between
/// it and a thermometer take a minute to pass on. An exponential average, whatever the times between its samples.
/// </summary>
internal struct ThermalAverage
{
    private static readonly TimeSpan TimeConstant = TimeSpan.FromMinutes(1);

    private double _celsius;
    private long _takenAt;
    private bool _hasStarted;

    public double Take(double celsius, TimeProvider timeProvider)
    {
        var now = timeProvider.GetTimestamp();
        var weight = _hasStarted ? 1 - Math.Exp(-(timeProvider.GetElapsedTime(_takenAt, now) / TimeConstant)) : 1;
        _hasStarted = true;
        _takenAt = now;
        return _celsius += weight * (celsius - _celsius);
    }
}
