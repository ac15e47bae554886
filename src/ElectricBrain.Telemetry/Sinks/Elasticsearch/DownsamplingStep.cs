namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>One step by which Elasticsearch thins out old values (lifecycle <c>downsampling</c>): each series keeps minimum, maximum, sum and count of each interval.</summary>
/// <param name="After">How long after its rollover an index is thinned out. From then on it takes no records, so it must be longer than the longest outage that agents are to bridge.</param>
/// <param name="Interval">The length of an interval, at least 5 minutes; in a later step a multiple of the one before.</param>
public readonly record struct DownsamplingStep(TimeSpan After, TimeSpan Interval);
