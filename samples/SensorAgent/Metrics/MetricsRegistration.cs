using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Samples.SensorAgent.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace ElectricBrain.Samples.SensorAgent.Metrics;

/// <summary>Registers the exporters that were asked for. Without one, no part of OpenTelemetry is made.</summary>
internal static class MetricsRegistration
{
    private const string Switch = "ElectricBrain.SensorAgent.Exporters";

    /// <summary>Whether the program has them: a native one can be published without (<c>-p:AgentExporters=false</c>), and is smaller.</summary>
    [FeatureSwitchDefinition(Switch)]
    private static bool IsSupported => !AppContext.TryGetSwitch(Switch, out var isEnabled) || isEnabled;

    /// <exception cref="AgentException">The program was published without them.</exception>
    public static void AddExporters(this WebApplicationBuilder builder, AgentOptions options)
    {
        if (!IsSupported)
        {
            if (options.Metrics || options.Otlp is not null)
            {
                throw new AgentException(ExitCode.Usage, "This program was published without exporters (-p:AgentExporters=false); publish it with them, or leave --metrics and --otlp out.");
            }

            return;
        }

        if (options.Metrics)
        {
            builder.Services.AddSingleton<PrometheusMetrics>();
        }

        if (options.Otlp is { } target)
        {
            builder.Services.AddSingleton(target);
            builder.Services.AddSingleton<OtlpMetrics>();
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.SetResourceBuilder(ResourceBuilder.CreateDefault().Describe(options));
                logs.IncludeFormattedMessage = true;
                logs.AddOtlpExporter(exporter => target.Apply(exporter, "logs"));
            });
        }
    }

    /// <summary>Begins to measure, before there is anything to count.</summary>
    public static void UseExporters(this WebApplication app)
    {
        if (!IsSupported)
        {
            return;
        }

        app.Services.GetService<OtlpMetrics>();
        if (app.Services.GetService<PrometheusMetrics>() is { } prometheus)
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint(prometheus.Provider, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        }
    }
}
