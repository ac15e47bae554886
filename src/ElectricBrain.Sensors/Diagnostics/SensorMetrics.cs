using System.Diagnostics.Metrics;

namespace ElectricBrain.Sensors.Diagnostics;

/// <summary>The metrics of this package, meter <c>ElectricBrain.Sensors</c>.</summary>
internal static class SensorMetrics
{
    private static readonly Meter Meter = new("ElectricBrain.Sensors");

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("electricbrain.sensors.bus.retries", "{transfer}", "I2C transfers that failed and were repeated.");

    public static readonly Counter<long> SkippedBytes =
        Meter.CreateCounter<long>("electricbrain.sensors.serial.skipped", "By", "Serial bytes that belonged to no intact frame.");

    public static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("electricbrain.sensors.failures", "{sample}", "Samples that a sensor could not deliver.");

    public static readonly Counter<long> Samples =
        Meter.CreateCounter<long>("electricbrain.sensors.samples", "{sample}", "Samples that a sensor delivered.");

    public static readonly Counter<long> SkippedTicks =
        Meter.CreateCounter<long>("electricbrain.sensors.sampling.skipped", "{tick}", "Ticks at which a sensor was not sampled, since the samples before took too long.");

    public static readonly Histogram<double> SampleDuration =
        Meter.CreateHistogram<double>("electricbrain.sensors.sample.duration", "s", "Time that a sample of a sensor took, delivered or not.");

    public static readonly Counter<long> SoundGaps =
        Meter.CreateCounter<long>("electricbrain.sensors.sound.gaps", "{gap}", "Times that samples of a microphone were lost because they were not read in time.");
}
