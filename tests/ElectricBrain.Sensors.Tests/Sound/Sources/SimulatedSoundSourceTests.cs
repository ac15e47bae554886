using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Sound.Sources;

public sealed class SimulatedSoundSourceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(30)]
    [InlineData(55)]
    [InlineData(90)]
    public async Task MeasureAsync_ConstantScene_ShowsItsLevel(double level)
    {
        using var sensor = Sensor(Room(level), new VirtualTimeProvider(), out _);

        var readings = await sensor.MeasureAsync(Cancellation).Take(5).ToListAsync(Cancellation);

        Assert.All(readings, reading =>
        {
            Assert.True(reading.IsSimulated);
            Assert.Equal(level, Assert.NotNull(reading.Levels).A.Equivalent, 0.3);
        });
    }

    [Fact]
    public async Task MeasureAsync_SceneOfADay_IsLouderAtNoonThanAtNight()
    {
        var noon = new VirtualTimeProvider();
        var night = new VirtualTimeProvider();
        night.Advance(TimeSpan.FromHours(15));

        Assert.True(await LevelAsync(noon) > await LevelAsync(night) + 5);

        static async Task<double> LevelAsync(VirtualTimeProvider time)
        {
            using var sensor = Sensor(new DayCycleScene(), time, out _);
            return Assert.NotNull((await sensor.MeasureAsync(Cancellation).FirstAsync(Cancellation)).Levels).A.Equivalent;
        }
    }

    [Fact]
    public async Task ReadAsync_SameSeed_GivesTheSameSound()
    {
        Assert.Equal(await SoundAsync(seed: 3), await SoundAsync(seed: 3));
        Assert.NotEqual(await SoundAsync(seed: 3), await SoundAsync(seed: 4));

        static async Task<byte[]> SoundAsync(int seed)
        {
            using var source = new SimulatedSoundSource(Room(50), new VirtualTimeProvider(), seed);
            await source.OpenAsync(Cancellation);
            var buffer = new byte[8000];
            await source.ReadAsync(buffer, Cancellation);
            return buffer;
        }
    }

    [Fact]
    public async Task ReadAsync_LateReader_LosesSamplesAndCountsIt()
    {
        var time = new VirtualTimeProvider();
        using var source = new SimulatedSoundSource(Room(50), time);
        await source.OpenAsync(Cancellation);
        await source.ReadAsync(new byte[80], Cancellation);
        time.Advance(TimeSpan.FromMinutes(1));

        await source.ReadAsync(new byte[80], Cancellation);

        Assert.Equal(1, source.Gaps);
    }

    [Fact]
    public async Task MeasureAsync_UnpluggedAndPluggedInAgain_ShowsInTheHealth()
    {
        using var sensor = Sensor(Room(50), new VirtualTimeProvider(), out var source);
        var faults = new List<SensorFault>();

        await foreach (var reading in sensor.MeasureAsync(Cancellation).Take(6))
        {
            faults.Add(reading.Health.Fault);
            Assert.Equal(reading.Levels is null, reading.Health.Fault != SensorFault.None);
            source.IsConnected = faults.Count is < 2 or > 3;
        }

        Assert.Equal([SensorFault.None, SensorFault.None, SensorFault.NoAnswer, SensorFault.BusMissing, SensorFault.None, SensorFault.None], faults);
    }

    [Fact]
    public async Task MeasureAsync_Muted_IsNoMeasurement()
    {
        using var sensor = Sensor(Room(50), new VirtualTimeProvider(), out var source);
        source.IsMuted = true;

        var reading = await sensor.MeasureAsync(Cancellation).FirstAsync(Cancellation);

        Assert.Null(reading.Levels);
        Assert.Equal(SensorFault.Stuck, reading.Health.Fault);
    }

    private static EnviroScene Room(double level) => EnviroScene.Constant(new EnviroConditions(20, 50, 100_000, 100, 0) { SoundLevelDecibels = level });

    private static SoundLevelSensor Sensor(EnviroScene scene, VirtualTimeProvider time, out SimulatedSoundSource source)
    {
        source = new SimulatedSoundSource(scene, time);
        return new SoundLevelSensor(source, new SoundLevelMeterOptions(), time);
    }
}
