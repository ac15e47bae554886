using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Registration;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Sinks.Sqlite;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ElectricBrain.Telemetry.Tests;

public sealed class TelemetryHostTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task StopAsync_AfterWrites_LeavesEverythingInTheStore()
    {
        await using var services = Services();
        var hosted = services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single();
        await hosted.StartingAsync(TestContext.Current.CancellationToken);
        var pipeline = services.GetRequiredService<TelemetryPipeline>();
        await pipeline.WriteAsync(Samples.Records(100), TestContext.Current.CancellationToken);
        await hosted.StoppedAsync(TestContext.Current.CancellationToken);

        var latest = Assert.Single(await services.GetRequiredService<ITelemetryQuery>().GetLatestAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Samples.Records(1, first: 99)[0], latest);
        var sink = Assert.Single(pipeline.GetStatus().Sinks);
        Assert.Equal((100, 0, SinkState.Stopped), (sink.Delivered, sink.Pending, sink.State));
    }

    [Fact]
    public async Task AddElasticsearch_BesideSqlite_LeavesTheQueryToTheFirstOfThem()
    {
        await using var both = Services(static builder => builder.AddElasticsearch(static o => o.Endpoint = new Uri("http://localhost:9200")));
        Assert.IsType<SqliteStore>(both.GetRequiredService<ITelemetryQuery>());
        Assert.NotNull(both.GetRequiredService<ElasticsearchQuery>());

        var services = new ServiceCollection();
        services.AddTelemetry(o => o.OutboxDirectory = _directory.File("outbox")).AddElasticsearch(static o => o.Endpoint = new Uri("http://localhost:9200"));
        await using var alone = services.BuildServiceProvider();
        Assert.IsType<ElasticsearchQuery>(alone.GetRequiredService<ITelemetryQuery>());
    }

    private ServiceProvider Services(Action<TelemetryBuilder>? more = null)
    {
        var services = new ServiceCollection();
        services.AddTelemetry(o => o.OutboxDirectory = _directory.File("outbox")).AddSqlite(o => o.Path = _directory.File("store.db"));
        more?.Invoke(new TelemetryBuilder(services));
        return services.BuildServiceProvider();
    }
}
