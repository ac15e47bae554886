using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Registration;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Sinks.Ndjson;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registration methods are found where every host looks for them.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers telemetry with a host.</summary>
public static class TelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="TelemetryPipeline"/>. It starts before the host's other services and stops after them. At least one
    /// destination has to be added to the builder that is returned.
    /// </summary>
    public static TelemetryBuilder AddTelemetry(this IServiceCollection services, Action<TelemetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new TelemetryPipeline(
            provider.GetRequiredService<IOptions<TelemetryOptions>>().Value,
            provider.GetServices<ITelemetrySink>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<TelemetryPipeline>>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        return new TelemetryBuilder(services);
    }

    /// <summary>Stores records in a SQLite file. The store that is added first is the <see cref="ITelemetryQuery"/>.</summary>
    public static TelemetryBuilder AddSqlite(this TelemetryBuilder builder, Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        builder.Services.TryAddSingleton(static provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value, provider.GetService<TimeProvider>()));
        builder.Services.TryAddSingleton<ITelemetryQuery>(static provider => provider.GetRequiredService<SqliteStore>());
        return builder.AddSink(static provider => provider.GetRequiredService<SqliteStore>());
    }

    /// <summary>
    /// Stores records in a time series data stream of Elasticsearch. The store that is added first is the <see cref="ITelemetryQuery"/>;
    /// <see cref="ElasticsearchQuery"/> is there in any case.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="transport">Makes the client that carries the requests; null for the built-in one.</param>
    public static TelemetryBuilder AddElasticsearch(
        this TelemetryBuilder builder, Action<ElasticsearchOptions> configure, Func<IServiceProvider, IElasticsearchTransport>? transport = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        builder.Services.TryAddSingleton(provider => new ElasticsearchQuery(
            provider.GetRequiredService<IOptions<ElasticsearchOptions>>().Value,
            transport?.Invoke(provider),
            provider.GetService<ILogger<ElasticsearchQuery>>()));
        builder.Services.TryAddSingleton<ITelemetryQuery>(static provider => provider.GetRequiredService<ElasticsearchQuery>());
        return builder.AddSink(provider => new ElasticsearchSink(
            provider.GetRequiredService<IOptions<ElasticsearchOptions>>().Value,
            transport?.Invoke(provider),
            provider.GetService<ILogger<ElasticsearchSink>>(),
            provider.GetService<IMeterFactory>(),
            provider.GetService<TimeProvider>()));
    }

    /// <summary>Writes records to files of JSON lines.</summary>
    public static TelemetryBuilder AddNdjson(this TelemetryBuilder builder, Action<NdjsonOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder.AddSink(static provider => new NdjsonSink(provider.GetRequiredService<IOptions<NdjsonOptions>>().Value));
    }

    /// <summary>Stores records in a destination of your own.</summary>
    public static TelemetryBuilder AddSink(this TelemetryBuilder builder, Func<IServiceProvider, ITelemetrySink> sink)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sink);
        builder.Services.AddSingleton(sink);
        return builder;
    }
}
