using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>One record to one line of NDJSON, beside a reused Utf8JsonWriter with pre-encoded names and no validation.</summary>
[MemoryDiagnoser]
public class EncodingBenchmarks : IDisposable
{
    private const int Records = 1000;

    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("@timestamp");
    private static readonly JsonEncodedText Host = JsonEncodedText.Encode("host");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Device = JsonEncodedText.Encode("device");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Sensor = JsonEncodedText.Encode("sensor");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText Simulated = JsonEncodedText.Encode("simulated");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    private readonly TelemetrySeries _series = new()
    {
        HostName = "hostzero",
        DeviceId = "enviro",
        SensorId = "bme280.temperature",
        SensorType = "temperature",
        Unit = "Cel",
        IsSimulated = true,
    };

    private readonly DocumentEncoder _encoder = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private readonly byte[] _lines = new byte[1 << 20];
    private readonly double[] _values = new double[Records];
    private readonly JsonEncodedText[] _names;
    private Utf8JsonWriter _writer = null!;

    public EncodingBenchmarks() =>
        _names = [.. new[] { _series.HostName, _series.DeviceId, _series.SensorId, _series.SensorType, _series.Unit }.Select(text => JsonEncodedText.Encode(text))];

    /// <summary>Digits behind the point of the values: sensors are rounded to what they resolve, or are not.</summary>
    [Params(2, 15)]
    public int Digits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Records; i++)
        {
            _values[i] = Math.Round(20 + random.NextDouble(), Digits);
        }

        _writer = new Utf8JsonWriter(_buffer, Unchecked);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _writer.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Encoder()
    {
        var position = 0;
        for (var i = 0; i < Records; i++)
        {
            position += _encoder.Encode(_series, 1_764_000_000_000 + i * 10L, _values[i], _lines.AsSpan(position));
            _lines[position++] = (byte)'\n';
        }

        return position;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int Utf8JsonWriter()
    {
        _buffer.ResetWrittenCount();
        for (var i = 0; i < Records; i++)
        {
            _writer.Reset(_buffer);
            _writer.WriteStartObject();
            _writer.WriteString(Timestamp, DateTime.UnixEpoch.AddMilliseconds(1_764_000_000_000 + i * 10L));
            _writer.WriteStartObject(Host);
            _writer.WriteString(Name, _names[0]);
            _writer.WriteEndObject();
            _writer.WriteStartObject(Device);
            _writer.WriteString(Id, _names[1]);
            _writer.WriteEndObject();
            _writer.WriteStartObject(Sensor);
            _writer.WriteString(Id, _names[2]);
            _writer.WriteString(Type, _names[3]);
            _writer.WriteString(Unit, _names[4]);
            _writer.WriteEndObject();
            _writer.WriteBoolean(Simulated, true);
            _writer.WriteNumber(Value, _values[i]);
            _writer.WriteEndObject();
            _writer.Flush();
            _buffer.Write("\n"u8);
        }

        return _buffer.WrittenCount;
    }
}
