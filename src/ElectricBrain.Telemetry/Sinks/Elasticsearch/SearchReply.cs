using System.Globalization;
using System.Text.Json;
using ElectricBrain.Telemetry.Query;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>Reads the answers to the searches of <see cref="SearchRequest"/>, and believes nothing in them.</summary>
internal static class SearchReply
{
    public static List<TelemetrySeries> ReadSeries(ReadOnlyMemory<byte> body) =>
        ReadBuckets(body, "series", static bucket => ReadKey(bucket.GetProperty("key"u8)));

    public static List<TelemetryRecord> ReadLatest(ReadOnlyMemory<byte> body) => ReadBuckets(
        body,
        "series",
        static bucket =>
        {
            var fields = bucket.GetProperty("latest"u8).GetProperty("hits"u8).GetProperty("hits"u8)[0].GetProperty("fields"u8);
            var timestamp = long.Parse(fields.GetProperty("@timestamp"u8)[0].GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return new TelemetryRecord(ReadKey(bucket.GetProperty("key"u8)), DateTimeOffset.FromUnixTimeMilliseconds(timestamp), ReadNumber(fields.GetProperty("value"u8)[0]));
        });

    public static List<SeriesPoint> ReadPoints(ReadOnlyMemory<byte> body, SeriesSpans spans)
    {
        var points = ReadBuckets(
            body,
            "spans",
            bucket =>
            {
                var point = new SeriesPoint(
                    DateTimeOffset.FromUnixTimeMilliseconds(bucket.GetProperty("key"u8).GetInt64()),
                    bucket.GetProperty("count"u8).GetProperty("value"u8).GetInt64(),
                    ReadNumber(bucket.GetProperty("min"u8).GetProperty("value"u8)),
                    ReadNumber(bucket.GetProperty("avg"u8).GetProperty("value"u8)),
                    ReadNumber(bucket.GetProperty("max"u8).GetProperty("value"u8)));
                var start = point.Start.ToUnixTimeMilliseconds() - spans.Start;
                return start >= 0 && start < spans.End - spans.Start && start % spans.Width == 0 && point.Count > 0 && point.Minimum <= point.Maximum
                    ? point
                    : throw new FormatException("a span that was not asked for");
            });
        return points.Zip(points.Skip(1)).All(static pair => pair.First.Start < pair.Second.Start) ? points : throw Unreadable("has spans out of order", null);
    }

    private static List<T> ReadBuckets<T>(ReadOnlyMemory<byte> body, string aggregation, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.GetProperty("timed_out"u8).GetBoolean() || root.GetProperty("_shards"u8).GetProperty("failed"u8).GetInt32() != 0)
            {
                throw Unreadable("covers only a part of the shards", null);
            }

            // Where there is no data stream yet, no shard is searched, and there is no aggregation.
            return root.GetProperty("_shards"u8).GetProperty("total"u8).GetInt32() == 0
                ? []
                : root.GetProperty("aggregations"u8).GetProperty(aggregation).GetProperty("buckets"u8).EnumerateArray().Select(read).ToList();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw Unreadable("is not the JSON of that search", e);
        }
    }

    private static TelemetrySeries ReadKey(JsonElement key) => new()
    {
        HostName = key.GetProperty("host"u8).GetString()!,
        DeviceId = key.GetProperty("device"u8).GetString()!,
        SensorId = key.GetProperty("sensor"u8).GetString()!,
        SensorType = key.GetProperty("type"u8).GetString()!,
        Unit = key.GetProperty("unit"u8).GetString()!,
        IsSimulated = key.GetProperty("simulated"u8).GetBoolean(),
    };

    private static double ReadNumber(JsonElement value) =>
        value.GetDouble() is var number && double.IsFinite(number) ? number : throw new FormatException("a value that is not finite");

    private static InvalidDataException Unreadable(string what, Exception? inner) =>
        new($"A search was answered with status 200, but the answer {what}. Check that the endpoint is an Elasticsearch server, or what lies between, and the server's log.", inner);
}
