using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>
/// A collector of OpenTelemetry: takes OTLP over HTTP in its binary form, and decodes what the tests look at by the field numbers of
/// opentelemetry-proto 1.9 (metrics.proto, logs.proto, common.proto).
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>The latest points of gauges and sums, by the name of the metric.</summary>
    public ConcurrentDictionary<string, OtlpPoint> Points { get; } = new();

    /// <summary>The bodies of log records.</summary>
    public ConcurrentQueue<string> Logs { get; } = new();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/metrics", context => TakeAsync(context, request => Each(request, 1, resource => Each(resource, 2, scope => Each(scope, 2, receiver.TakeMetric)))));
        app.MapPost("/v1/logs", context => TakeAsync(context, request => Each(request, 1, resource => Each(resource, 2, scope => Each(scope, 2, receiver.TakeLog)))));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, Action<byte[]> decode)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        decode(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }

    // Metric: name 1, unit 3, gauge 5, sum 7, each with data points in 1.
    private void TakeMetric(byte[] metric)
    {
        var name = Text(metric, 1);
        foreach (var field in new[] { 5, 7 })
        {
            Each(metric, field, data => Each(data, 1, point => Points[name] = TakePoint(point, Text(metric, 3))));
        }
    }

    // NumberDataPoint: attributes 7, as_double 4, as_int 6.
    private static OtlpPoint TakePoint(byte[] point, string unit)
    {
        var labels = new Dictionary<string, string>();
        Each(point, 7, pair => Each(pair, 2, value => labels[Text(pair, 1)] = Text(value, 1)));
        var input = new CodedInputStream(point);
        var number = 0.0;
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (tag >> 3)
            {
                case 4:
                    number = input.ReadDouble();
                    break;
                case 6:
                    number = input.ReadSFixed64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new OtlpPoint(number, unit, labels);
    }

    // LogRecord: body 5, whose string_value is 1.
    private void TakeLog(byte[] record) => Each(record, 5, body => Logs.Enqueue(Text(body, 1)));

    private static string Text(byte[] message, int field)
    {
        var text = "";
        Each(message, field, bytes => text = System.Text.Encoding.UTF8.GetString(bytes));
        return text;
    }

    /// <summary>Hands out every value of a field that is a message or a text.</summary>
    private static void Each(byte[] message, int field, Action<byte[]> take)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                take(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }
    }
}
