using System.Buffers.Text;
using System.Text.Json;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>
/// Reads the documents of a batch back, for sinks of your own. A series is parsed once; later records of it find it by its bytes. Not
/// thread-safe.
/// </summary>
public sealed class DocumentDecoder
{
    // More distinct series than any device has; the bound keeps a flood of made-up names from filling memory.
    private const int MaximumCachedSeries = 10_000;

    private readonly Dictionary<byte[], TelemetrySeries> _series = new(ByteSequenceComparer.Instance);

    /// <summary>Reads one document, UTF-8 without a newline.</summary>
    /// <exception cref="FormatException">The line is not such a document.</exception>
    public TelemetryRecord Decode(ReadOnlySpan<byte> line) => Decode(line, out _);

    /// <summary>Reads one document, and what it says of the clock.</summary>
    internal TelemetryRecord Decode(ReadOnlySpan<byte> line, out ClockMark mark)
    {
        var name = line.LastIndexOf(",\"value\":"u8);
        var value = name + ",\"value\":"u8.Length;
        if (name < DocumentEncoder.HeadLength
            || !TimestampFormatter.TryParse(line[DocumentEncoder.TimestampOffset..], out var unixMilliseconds)
            || !Utf8Parser.TryParse(line[value..], out double number, out var consumed)
            || value + consumed + 1 != line.Length)
        {
            throw new FormatException("The line is not a telemetry document.");
        }

        mark = ClockField.ReadEnd(line[..name]);
        return new TelemetryRecord(SeriesOf(line, value), DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds), number);
    }

    private TelemetrySeries SeriesOf(ReadOnlySpan<byte> line, int value)
    {
        var fragment = line[DocumentEncoder.HeadLength..value];
        var lookup = _series.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(fragment, out var known))
        {
            return known;
        }

        var series = Parse(line);
        if (_series.Count >= MaximumCachedSeries)
        {
            _series.Clear();
        }

        lookup[fragment] = series;
        return series;
    }

    private static TelemetrySeries Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var sensor = root.GetProperty("sensor"u8);
            return new TelemetrySeries
            {
                HostName = root.GetProperty("host"u8).GetProperty("name"u8).GetString()!,
                DeviceId = root.GetProperty("device"u8).GetProperty("id"u8).GetString()!,
                SensorId = sensor.GetProperty("id"u8).GetString()!,
                SensorType = sensor.GetProperty("type"u8).GetString()!,
                Unit = sensor.GetProperty("unit"u8).GetString()!,
                IsSimulated = root.GetProperty("simulated"u8).GetBoolean(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The line is not a telemetry document.", e);
        }
    }
}
