using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Tests.Support;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Telemetry.Tests.Documents;

public sealed class DocumentTests
{
    private static readonly Gen<string> Name = Gen.OneOf(Gen.String[1, 40], Gen.String[Gen.Char["abc\"\\\u0001\u2028é語/<>&'+ \n"], 1, 20]);

    private static readonly Gen<TelemetrySeries> AnySeries = Gen.Select(
        Name, Name, Name, Name, Name, Gen.Bool,
        (host, device, sensor, type, unit, simulated) => new TelemetrySeries
        {
            HostName = host,
            DeviceId = device,
            SensorId = sensor,
            SensorType = type,
            Unit = unit,
            IsSimulated = simulated,
        });

    private static readonly Gen<double> AnyValue = Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Int.Select(thousandths => thousandths / 1000.0),
        Gen.Int[0, 9].Select(i => new[] { 0.0, -0.0, 1e15, -1e15, 0.001, 999_999_999_999.999, 1e12, double.MaxValue, double.Epsilon, 0.1 + 0.2 }[i]));

    [Fact]
    public void Encode_SimulatedTemperature_GivesTheDocumentedShape()
    {
        const string Expected =
            """
            {"@timestamp":"2026-11-24T06:57:00.123Z","host":{"name":"hostzero"},"device":{"id":"enviro"},"sensor":{"id":"bme280.temperature","type":"temperature","unit":"Cel"},"simulated":true,"value":21.53}
            """;
        Assert.Equal(Expected, Encode(Samples.Temperature, Samples.Start.ToUnixTimeMilliseconds(), 21.53));
    }

    [Fact]
    public void Encode_AnyRecord_ReadsBackTheSameByTheDecoderAndByAnyJsonParser() =>
        Gen.Select(AnySeries, Gen.Long[-62_135_596_800_000, 253_402_300_799_999], AnyValue).Sample((series, millisecond, value) =>
        {
            var line = Encode(series, millisecond, value);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(millisecond);

            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            Assert.Equal(time, DateTimeOffset.Parse(root.GetProperty("@timestamp").GetString()!, CultureInfo.InvariantCulture));
            Assert.Equal(WellFormed(series.HostName), root.GetProperty("host").GetProperty("name").GetString());
            Assert.Equal(WellFormed(series.Unit), root.GetProperty("sensor").GetProperty("unit").GetString());
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(root.GetProperty("value").GetDouble()));
            Assert.DoesNotContain('\n', line);

            var decoded = new DocumentDecoder().Decode(Encoding.UTF8.GetBytes(line));
            Assert.Equal((time, value), (decoded.Timestamp, decoded.Value));
            Assert.Equal(WellFormed(series.SensorId), decoded.Series.SensorId);
            Assert.Equal(series.IsSimulated, decoded.Series.IsSimulated);
        });

    [Fact]
    public void Encode_Value_IsTheShortestThatReadsBack() =>
        AnyValue.Sample(value =>
        {
            var line = Encode(Samples.Temperature, 0, value);
            var text = line[(line.LastIndexOf(':') + 1)..^1];
            Assert.True(text.Length <= value.ToString("R", CultureInfo.InvariantCulture).Length, text);
        });

    [Fact]
    public void Encode_ManyRecords_AllocatesNothing()
    {
        var encoder = new DocumentEncoder();
        var buffer = new byte[DocumentEncoder.MaximumLength(Samples.Temperature)];
        encoder.Encode(Samples.Temperature, 0, 1.5, buffer);
        encoder.Encode(Samples.Temperature, 0, 1 / 7.0, buffer);

        Assert.Equal(0, Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                encoder.Encode(Samples.Temperature, i * 250L, i / 7.0, buffer);
            }
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"@timestamp":"2026-13-24T06:57:00.123Z","host":{"name":"h"},"device":{"id":"d"},"sensor":{"id":"s","type":"t","unit":"u"},"simulated":true,"value":1}""")]
    [InlineData("""{"@timestamp":"2026-11-24T06:57:00.123Z","host":{"name":"h"},"device":{"id":"d"},"sensor":{"id":"s","type":"t"},"simulated":true,"value":1}""")]
    [InlineData("""{"@timestamp":"2026-11-24T06:57:00.123Z","host":{"name":"h"},"device":{"id":"d"},"sensor":{"id":"s","type":"t","unit":"u"},"simulated":true,"value":x}""")]
    public void Decode_OtherText_IsRefused(string line) =>
        Assert.Throws<FormatException>(() => new DocumentDecoder().Decode(Encoding.UTF8.GetBytes(line)));

    private static string Encode(TelemetrySeries series, long millisecond, double value)
    {
        var buffer = new byte[DocumentEncoder.MaximumLength(series)];
        return Encoding.UTF8.GetString(buffer.AsSpan(0, new DocumentEncoder().Encode(series, millisecond, value, buffer)));
    }

    /// <summary>UTF-8 has no lone surrogates; they become the replacement character.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
