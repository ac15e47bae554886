using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ElectricBrain.Telemetry.Mqtt.Tests.Support;

/// <summary>A pipeline that publishes, in this process or in one of its own that can be killed.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const string Variable = "ELECTRICBRAIN_TEST_MQTT_PORT";

    public static readonly TelemetrySeries Temperature = Series("bme280.temperature", "temperature", "Cel");

    private readonly string _directory = Directory.CreateTempSubdirectory("electricbrain-mqtt-").FullName;
    private readonly MqttSink _sink;

    private Publisher(MqttOptions options)
    {
        _sink = new MqttSink(options);
        Pipeline = new TelemetryPipeline(new TelemetryOptions { OutboxDirectory = _directory, DrainTimeout = TimeSpan.FromSeconds(1) }, [_sink]);
    }

    public TelemetryPipeline Pipeline { get; }

    public static TelemetrySeries Series(string id, string type, string unit, bool isSimulated = false) =>
        new() { HostName = "hostzero", DeviceId = "enviro", SensorId = id, SensorType = type, Unit = unit, IsSimulated = isSimulated };

    public static async Task<Publisher> StartAsync(int port, Action<MqttOptions>? configure = null, string scheme = "mqtt", string host = "127.0.0.1")
    {
        var options = Options(port, scheme, host);
        configure?.Invoke(options);
        var publisher = new Publisher(options);
        await publisher.Pipeline.StartAsync();
        return publisher;
    }

    public async Task WriteAsync(double value, TelemetrySeries? series = null, DateTimeOffset? at = null) =>
        await Pipeline.WriteAsync(new[] { new TelemetryRecord(series ?? Temperature, at ?? TimeProvider.System.GetUtcNow(), value) });

    /// <summary>The status of the sink, once it fits.</summary>
    public async Task<SinkStatus> WaitForAsync(Func<SinkStatus, bool> fits)
    {
        SinkStatus status;
        var attempt = 0;
        do
        {
            status = Pipeline.GetStatus().Sinks[0];
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        while (!fits(status) && attempt++ < 600);
        Assert.True(fits(status), status.ToString());
        return status;
    }

    /// <summary>A process that published one value and goes on running.</summary>
    public static Process StartProcess(int port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Variable] = port.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        await _sink.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // Without await: other threads that ran code of this program would wait for the end of its initialisation.
    [ModuleInitializer]
    internal static void BecomeTheProcess()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } port)
        {
            return;
        }

        var publisher = new Publisher(Options(int.Parse(port, CultureInfo.InvariantCulture), "mqtt", "127.0.0.1"));
        publisher.Pipeline.StartAsync().GetAwaiter().GetResult();
        publisher.Pipeline.WriteAsync(new[] { new TelemetryRecord(Temperature, TimeProvider.System.GetUtcNow(), 17) }).AsTask().GetAwaiter().GetResult();
        Thread.Sleep(System.Threading.Timeout.Infinite);
    }

    private static MqttOptions Options(int port, string scheme, string host) =>
        new() { Broker = new Uri($"{scheme}://{host}:{port}"), ClientId = "agent-1", Timeout = TimeSpan.FromSeconds(5) };
}
