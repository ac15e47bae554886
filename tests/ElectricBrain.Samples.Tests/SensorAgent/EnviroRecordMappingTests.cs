using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class EnviroRecordMappingTests
{
    private static readonly DateTimeOffset Instant = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly EnviroReading Complete = new()
    {
        Timestamp = Instant,
        TemperatureCelsius = 21.5,
        RelativeHumidityPercent = 48.25,
        PressurePascals = 101_325,
        IlluminanceLux = 320.5,
        ProximityCounts = 7,
        IsSimulated = true,
    };

    [Fact]
    public void Map_CompleteReading_MakesARecordPerQuantityWithItsUnit()
    {
        var records = Map(Complete, simulated: true);

        Assert.Equal(
            [
                ("bme280.temperature", "temperature", "Cel", 21.5),
                ("bme280.humidity", "humidity", "%", 48.25),
                ("bme280.pressure", "pressure", "Pa", 101_325),
                ("ltr559.illuminance", "illuminance", "lx", 320.5),
                ("ltr559.proximity", "proximity", "1", 7),
            ],
            records.Select(static record => (record.Series.SensorId, record.Series.SensorType, record.Series.Unit, record.Value)));
        Assert.All(records, static record =>
        {
            Assert.Equal(Instant, record.Timestamp);
            Assert.Equal("hostzero", record.Series.HostName);
            Assert.Equal("enviro", record.Series.DeviceId);
            Assert.True(record.Series.IsSimulated);
        });
    }

    [Fact]
    public void Map_SensorWithoutValues_MakesNoRecordForIt()
    {
        var records = Map(Complete with { IlluminanceLux = null, ProximityCounts = null }, simulated: false);

        Assert.Equal(["temperature", "humidity", "pressure"], records.Select(static record => record.Series.SensorType));
        Assert.All(records, static record => Assert.False(record.Series.IsSimulated));
    }

    [Fact]
    public void Map_SecondReading_SharesTheSeriesAndAllocatesNothing()
    {
        var mapping = new EnviroRecordMapping("hostzero", "enviro", isSimulated: false);
        var records = new TelemetryRecord[mapping.AllSeries.Count];
        mapping.Map(Complete, records);
        var first = records[0].Series;

        Assert.Equal(0, Allocations.FewestOf(() => mapping.Map(Complete, records)));
        Assert.Same(first, records[0].Series);
    }

    private static TelemetryRecord[] Map(EnviroReading reading, bool simulated)
    {
        var mapping = new EnviroRecordMapping("hostzero", "enviro", simulated);
        var records = new TelemetryRecord[mapping.AllSeries.Count];
        return records[..mapping.Map(reading, records)];
    }
}
