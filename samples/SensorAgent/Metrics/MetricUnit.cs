namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>The unit of a metric, and what a value is multiplied by for it.</summary>
/// <param name="Name">The unit; null for a number without one.</param>
/// <param name="Factor">From the unit of the records.</param>
internal readonly record struct MetricUnit(string? Name, double Factor = 1)
{
    /// <summary>As OpenTelemetry wants it: the UCUM unit of the records.</summary>
    public static MetricUnit Ucum(string unit) => new(unit);

    /// <summary>
    /// As Prometheus wants it: a base unit without prefix, written out, in the plural (https://prometheus.io/docs/practices/naming/#base-units).
    /// Its exporter makes it the end of the name.
    /// </summary>
    public static MetricUnit Prometheus(string unit) => unit switch
    {
        "1" => new(null),
        "Cel" => new("celsius"),
        "%" => new("ratio", 0.01),
        "Pa" => new("pascals"),
        "lx" => new("lux"),
        "Ohm" => new("ohms"),
        "ug/m3" => new("grams_per_cubic_meter", 1e-6),
        "dB[SPL]" => new("decibels"),
        _ => new(unit),
    };
}
