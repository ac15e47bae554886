using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Sinks.Sqlite;

namespace ElectricBrain.AotSmoke.Examples;

internal static class TelemetryExample
{
    public static async Task RunAsync(string directory)
    {
        // <example>
        var store = new SqliteStore(new SqliteOptions { Path = Path.Combine(directory, "readings.db") });
        var elasticsearch = new ElasticsearchSink(new ElasticsearchOptions { Endpoint = new Uri("http://127.0.0.1:9200") });
        await using var pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = directory }, [store, elasticsearch]);
        await pipeline.StartAsync();

        var temperature = new TelemetrySeries { HostName = "host5", DeviceId = "enviro", SensorId = "bme280.temperature", SensorType = "temperature", Unit = "Cel" };
        await pipeline.WriteAsync(new[] { new TelemetryRecord(temperature, TimeProvider.System.GetUtcNow(), 21.5) }); // on disk when this returns

        foreach (var sink in pipeline.GetStatus().Sinks) // each sink goes on by itself, however long another is away
        {
            Console.WriteLine($"{sink.Name}: {sink.State}, {sink.Pending} pending, {sink.LastError}");
        }
        // </example>
    }
}
