using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Http;
using ElectricBrain.Samples.SensorAgent.Lcd;
using ElectricBrain.Samples.SensorAgent.Metrics;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Puts the agent together around the sampler: pipeline, exporters, page.</summary>
internal static class AgentHost
{
    /// <param name="options">What was asked for.</param>
    /// <param name="sampling">Has the readings.</param>
    /// <param name="configure">Replaces services, such as the clock.</param>
    public static WebApplication Build(AgentOptions options, RunningSampler sampling, Action<IServiceCollection>? configure = null)
    {
        // Empty: settings come from the command line and the agent's own variables alone, not from files or other variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureLogging(builder.Logging, options.LogFormat);
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]).ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        AddAgent(builder.Services, options, sampling);
        builder.AddExporters(options);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        sampling.Attach(app.Services.GetRequiredService<ILoggerFactory>());
        app.Lifetime.ApplicationStopping.Register(sampling.Stop);
        app.UseSecurityHeaders();
        app.UseExporters();
        app.UsePage();
        app.MapAgent();
        return app;
    }

    private static void AddAgent(IServiceCollection services, AgentOptions options, RunningSampler sampling)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(sampling);
        services.AddSingleton(sampling.Hat);
        services.AddSingleton(sampling.Sampler);
        services.AddSingleton(new EnviroRecordMapping(options.HostName, options.DeviceId, sampling.Hat.IsSimulated, sampling.Hat.Sensors));
        AddTelemetry(services, options);
        services.AddSingleton<ReadingStore>();
        services.AddSingleton<ReadingRecorder>();
        services.AddHostedService(static provider => provider.GetRequiredService<ReadingRecorder>());
        services.AddSingleton<AgentHealth>();
        services.AddSingleton<AgentStatus>();
        services.AddSingleton<EventStream>();
        services.AddLcd(options);
    }

    private static void AddTelemetry(IServiceCollection services, AgentOptions options)
    {
        var telemetry = services.AddTelemetry(telemetry =>
        {
            telemetry.OutboxDirectory = DataDirectory.Outbox(options.DataDirectory);
            telemetry.DrainTimeout = TimeSpan.FromSeconds(2);
        });
        telemetry.AddSqlite(sqlite =>
        {
            sqlite.Path = DataDirectory.Database(options.DataDirectory);
            sqlite.ReadingRetention = options.Retention.Readings;
            sqlite.MinuteRetention = options.Retention.Minutes;
        });
        if (options.NdjsonDirectory is { } directory)
        {
            telemetry.AddNdjson(ndjson => ndjson.Directory = directory);
        }

        if (options.Elasticsearch is { } target)
        {
            telemetry.AddElasticsearch(elasticsearch =>
            {
                elasticsearch.Endpoints = target.Endpoints;
                elasticsearch.ApiKey = target.ApiKey;
                elasticsearch.CertificateAuthorityFile = target.CertificateAuthorityFile;
            });
        }

        if (options.Mqtt is { } broker)
        {
            telemetry.AddMqtt(mqtt => broker.Apply(mqtt, options));
        }
    }

    /// <summary>Standard output is for readings; everything else goes to standard error.</summary>
    private static void ConfigureLogging(ILoggingBuilder logging, LogFormat format)
    {
        logging.ClearProviders();
        logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(static console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        }
        else
        {
            logging.AddSimpleConsole(static console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ssZ "));
        }

        logging.AddFilter("Microsoft", LogLevel.Warning);

        // Says with a trace what the exception says that ends the agent.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
