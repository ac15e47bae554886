using System.Diagnostics.Metrics;
using System.Reflection;
using ElectricBrain.Samples.SensorAgent.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>What is measured, for whichever exporter asks.</summary>
internal static class AgentMeters
{
    /// <summary>The runtime's own meter, for the basics of the process.</summary>
    private const string Process = "System.Runtime";

    /// <summary>From a transfer on a bus to a slow server; the default ones are for milliseconds.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static string Version { get; } =
        typeof(AgentMeters).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The meters of the packages, of the process, and of the readings in the exporter's units.</summary>
    public static MeterProviderBuilder AddAgent(this MeterProviderBuilder builder, AgentOptions options, string readings) => builder
        .ConfigureResource(resource => resource.Describe(options))
        .AddMeter("ElectricBrain.Sensors", "ElectricBrain.Telemetry", "ElectricBrain.Telemetry.Mqtt", Process, readings)
        .AddView(View);

    /// <summary>Says whose metrics and logs they are.</summary>
    public static ResourceBuilder Describe(this ResourceBuilder resource, AgentOptions options) => resource
        .AddService("sensor-agent", "electricbrain", Version, autoGenerateServiceInstanceId: false, serviceInstanceId: $"{options.HostName}/{options.DeviceId}")
        .AddAttributes([new("host.name", options.HostName)]);

    private static MetricStreamConfiguration? View(Instrument instrument) => instrument switch
    {
        { Meter.Name: Process, Name: "dotnet.process.cpu.time" or "dotnet.process.memory.working_set" or "dotnet.gc.collections" or "dotnet.gc.pause.time" } => null,
        { Meter.Name: Process, Name: "dotnet.gc.last_collection.heap.size" or "dotnet.gc.heap.total_allocated" } => null,
        { Meter.Name: Process } => MetricStreamConfiguration.Drop,
        Histogram<double> { Unit: "s" } => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
        _ => null,
    };
}
