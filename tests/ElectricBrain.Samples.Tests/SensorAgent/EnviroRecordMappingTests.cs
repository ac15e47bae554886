using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sound.Levels;
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
        SeaLevelPressurePascals = 106_000,
        RawTemperatureCelsius = 28,
        RawRelativeHumidityPercent = 32,
        CpuTemperatureCelsius = 50,
        Gas = new Mics6814Reading(new Mics6814Element(12_000, 1), new Mics6814Element(330_000, 1), new Mics6814Element(190_000, 1), IsWarmingUp: false),
        Particles = new Pms5003Reading(new Pms5003Mass(5, 13, 22), default, default),
        Sound = new SoundLevels { A = new WeightedLevels { Equivalent = 48.5 } },
        IsSimulated = true,
    };

    [Fact]
    public void Map_CompleteReading_MakesARecordPerQuantityWithItsUnit()
    {
        var records = Map(Complete, simulated: true);

        var dewPoint = Complete.DewPointCelsius!.Value;
        Assert.Equal(9.87, dewPoint, 0.1);
        Assert.Equal(
            [
                ("bme280.temperature", "temperature", "Cel", 21.5),
                ("bme280.humidity", "humidity", "%", 48.25),
                ("bme280.pressure", "pressure", "Pa", 101_325),
                ("bme280.dew_point", "dew_point", "Cel", dewPoint),
                ("bme280.sea_level_pressure", "sea_level_pressure", "Pa", 106_000),
                ("bme280.raw_temperature", "raw_temperature", "Cel", 28),
                ("cpu.temperature", "cpu_temperature", "Cel", 50),
                ("ltr559.illuminance", "illuminance", "lx", 320.5),
                ("ltr559.proximity", "proximity", "1", 7),
                ("mics6814.reducing", "reducing_gases", "Ohm", 330_000),
                ("mics6814.oxidising", "oxidising_gases", "Ohm", 12_000),
                ("mics6814.ammonia", "ammonia", "Ohm", 190_000),
                ("pms5003.pm1", "pm1", "ug/m3", 5),
                ("pms5003.pm2_5", "pm2_5", "ug/m3", 13),
                ("pms5003.pm10", "pm10", "ug/m3", 22),
                ("microphone.laeq", "sound_level", "dB[SPL]", 48.5),
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
        var reading = new EnviroReading { TemperatureCelsius = 21.5, RelativeHumidityPercent = 0, PressurePascals = 101_325 };

        var records = Map(reading, simulated: false);

        Assert.Equal(["temperature", "humidity", "pressure"], records.Select(static record => record.Series.SensorType));
        Assert.All(records, static record => Assert.False(record.Series.IsSimulated));
    }

    [Fact]
    public void AllSeries_HatWithoutSensors_HasNoneOfThem()
    {
        var mapping = new EnviroRecordMapping("hostzero", "enviro", isSimulated: false, EnviroSensors.Bme280 | EnviroSensors.Ltr559 | EnviroSensors.Microphone);

        Assert.DoesNotContain(mapping.AllSeries, static series => series.SensorId.StartsWith("mics6814", StringComparison.Ordinal) || series.SensorId.StartsWith("pms5003", StringComparison.Ordinal));
        Assert.Contains(mapping.AllSeries, static series => series.SensorId == "microphone.laeq");
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
