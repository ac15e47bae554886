using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Enviro;

public sealed class EnviroHatTests
{
    private static readonly EnviroConditions Room = new(22.1, 41.5, 99_870, 250, 40);

    private readonly VirtualTimeProvider _clock = new();
    private readonly SimulatedEnviro _chips;

    public EnviroHatTests() => _chips = new SimulatedEnviro(EnviroScene.Constant(Room), _clock);

    [Fact]
    public async Task ReadSettledAsync_SimulatedHat_GivesTheScene()
    {
        using var hat = EnviroHat.OpenSimulated(EnviroScene.Constant(Room), _clock);

        var reading = await hat.ReadSettledAsync(Token);

        Assert.Equal(Room.TemperatureCelsius, reading.TemperatureCelsius!.Value, 0.006);
        Assert.Equal(Room.RelativeHumidityPercent, reading.RelativeHumidityPercent!.Value, 0.02);
        Assert.Equal(Room.PressurePascals, reading.PressurePascals!.Value, 3.0);
        Assert.Equal(Room.IlluminanceLux, reading.IlluminanceLux!.Value, 1.0);
        Assert.Equal(Room.ProximityCounts, reading.ProximityCounts);
        Assert.Equal(_clock.GetUtcNow(), reading.Timestamp);
        Assert.True(reading.IsSimulated);
        Assert.Equal((SensorState.Ok, SensorState.Ok), (reading.Bme280.State, reading.Ltr559.State));
    }

    [Fact]
    public async Task ReadAsync_FirstReading_HasClimateAtOnceAndLightWarmingUp()
    {
        using var hat = Open();
        var opened = _clock.Elapsed;

        var reading = await hat.ReadAsync(Token);

        Assert.NotNull(reading.TemperatureCelsius);
        Assert.Null(reading.IlluminanceLux);
        Assert.Null(reading.ProximityCounts);
        Assert.Equal(SensorState.WarmingUp, reading.Ltr559.State);
        Assert.Equal(EnviroSensors.Ltr559, reading.WarmingUp);
        Assert.InRange((_clock.Elapsed - opened).TotalMilliseconds, 10, 40);
    }

    [Fact]
    public async Task ReadAsync_ChipVanishesAndReturns_ValuesAreNullAndThenBack()
    {
        using var hat = Open();
        await hat.ReadSettledAsync(Token);
        _chips.Bme280.IsConnected = false;

        var gone = await ReadLaterAsync(hat);
        var since = _clock.GetUtcNow();
        var stillGone = await ReadLaterAsync(hat);
        _chips.Bme280.IsConnected = true;
        _chips.Bme280.PowerCycle();
        var back = await ReadLaterAsync(hat);

        Assert.Equal((null, null, null), (gone.TemperatureCelsius, gone.RelativeHumidityPercent, gone.PressurePascals));
        Assert.NotNull(gone.IlluminanceLux);
        Assert.Equal((SensorState.Retrying, SensorFault.NoAnswer), (gone.Bme280.State, gone.Bme280.Fault));
        Assert.StartsWith("BME280 at 0x76 on I2C bus 1 does not answer", gone.Bme280.Message, StringComparison.Ordinal);
        Assert.Equal(since, stillGone.Bme280.Since);
        Assert.Equal(SensorState.Ok, back.Bme280.State);
        Assert.Null(back.Bme280.Message);
        Assert.Equal(Room.TemperatureCelsius, back.TemperatureCelsius!.Value, 0.006);
    }

    [Fact]
    public async Task ReadAsync_LightChipLosesPower_IsStartedAgain()
    {
        using var hat = Open();
        await hat.ReadSettledAsync(Token);
        _chips.Ltr559.PowerCycle();

        var lost = await ReadLaterAsync(hat);
        var restarted = await ReadLaterAsync(hat);
        var back = await ReadLaterAsync(hat);

        Assert.Null(lost.IlluminanceLux);
        Assert.Equal(SensorState.Retrying, lost.Ltr559.State);
        Assert.Equal((SensorState.WarmingUp, null), (restarted.Ltr559.State, restarted.Ltr559.Message));
        Assert.Equal(Room.IlluminanceLux, back.IlluminanceLux!.Value, 1.0);
        Assert.Equal(SensorState.Ok, back.Ltr559.State);
    }

    [Theory]
    [InlineData(Bme280Mode.Forced)]
    [InlineData(Bme280Mode.Normal)]
    public async Task ReadAsync_ClimateChipLosesPower_NeverShowsAnUnmeasuredValue(Bme280Mode mode)
    {
        using var hat = Open(new EnviroHatOptions { Bme280 = new Bme280Settings { Mode = mode } });
        await hat.ReadSettledAsync(Token);

        for (var i = 0; i < 10; i++)
        {
            _chips.Bme280.PowerCycle();
            var reading = await ReadLaterAsync(hat);
            Assert.True(reading.TemperatureCelsius is not { } celsius || Math.Abs(celsius - Room.TemperatureCelsius) < 0.01);
            Assert.True(reading.PressurePascals is not { } pascals || Math.Abs(pascals - Room.PressurePascals) < 3);
            Assert.True(reading.RelativeHumidityPercent is not { } percent || Math.Abs(percent - Room.RelativeHumidityPercent) < 0.02);
        }

        await ReadLaterAsync(hat);
        Assert.NotNull((await ReadLaterAsync(hat)).RelativeHumidityPercent);
    }

    [Theory]
    [InlineData(I2cFault.NotAcknowledged)]
    [InlineData(I2cFault.TimedOut)]
    public async Task ReadAsync_SporadicFault_IsNotSeen(I2cFault fault)
    {
        using var hat = Open();
        await hat.ReadSettledAsync(Token);
        _chips.Bme280.FailNext(fault, transfers: 2);
        _chips.Ltr559.FailNext(fault, transfers: 2);

        var reading = await ReadLaterAsync(hat);

        Assert.NotNull(reading.TemperatureCelsius);
        Assert.NotNull(reading.IlluminanceLux);
        Assert.Equal((SensorState.Ok, SensorState.Ok), (reading.Bme280.State, reading.Ltr559.State));
    }

    [Fact]
    public async Task ReadAsync_StuckMeasurement_IsTheHealthOfThatSensor()
    {
        using var hat = Open();
        await hat.ReadSettledAsync(Token);
        _chips.Bme280.IsMeasuringStuck = true;
        _chips.Ltr559.IsMeasuringStuck = true;

        var stuck = await ReadLaterAsync(hat);
        _chips.Bme280.IsMeasuringStuck = false;
        _chips.Ltr559.IsMeasuringStuck = false;
        await ReadLaterAsync(hat);
        var back = await ReadLaterAsync(hat);

        Assert.Equal((null, null), (stuck.TemperatureCelsius, stuck.IlluminanceLux));
        Assert.Equal((SensorFault.Stuck, SensorFault.Stuck), (stuck.Bme280.Fault, stuck.Ltr559.Fault));
        Assert.Equal((SensorState.Ok, SensorState.Ok), (back.Bme280.State, back.Ltr559.State));
    }

    [Fact]
    public async Task OpenOn_OneChipMissing_OpensWithItsHealthFailed()
    {
        _chips.Ltr559.IsConnected = false;
        using var hat = Open();

        Assert.Equal((SensorState.Failed, SensorFault.NoAnswer), (hat.Ltr559.State, hat.Ltr559.Fault));
        var reading = await hat.ReadSettledAsync(Token);

        Assert.NotNull(reading.TemperatureCelsius);
        Assert.Equal(SensorState.Failed, reading.Ltr559.State);
    }

    [Fact]
    public async Task OpenOn_AnotherChipAtTheAddress_OpensAndSaysWhichIsThere()
    {
        _chips.Bme280.ChipId = 0x58;
        using var hat = Open();

        var reading = await hat.ReadAsync(Token);

        Assert.Null(reading.TemperatureCelsius);
        Assert.Equal((SensorState.Failed, SensorFault.WrongChip), (hat.Bme280.State, hat.Bme280.Fault));
        Assert.Contains("its id is 0x58 (BMP280, which has no humidity), a BME280 has 0x60", reading.Bme280.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenOn_NothingThere_NamesBothChipsAndTheRemedy()
    {
        var exception = Assert.Throws<SensorException>(() => EnviroHat.OpenOn(new SimulatedI2cBus(1), timeProvider: _clock));

        Assert.Equal((SensorFault.NoAnswer, 1, 0x76), (exception.Fault, exception.BusId, exception.Address));
        Assert.Matches("^No Enviro hat found\\. BME280 at 0x76 on I2C bus 1 does not answer .*i2cdetect.* LTR559 at 0x23 on I2C bus 1 does not answer", exception.Message);
    }

    [Fact]
    public void OpenOn_WrongChipAndNothingElse_LeadsWithTheWrongChip()
    {
        _chips.Bme280.ChipId = 0x61;
        _chips.Ltr559.IsConnected = false;

        Assert.Equal(SensorFault.WrongChip, Assert.Throws<SensorException>(() => Open()).Fault);
    }

    [Fact]
    public void Open_NoSuchBus_NamesTheDeviceAndTheOption()
    {
        Assert.False(EnviroHat.IsBusPresent(250));

        var exception = Assert.Throws<SensorException>(() => EnviroHat.Open(new EnviroHatOptions { Header = new LocalHeaderOptions { I2cBus = 250 } }));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.StartsWith("/dev/i2c-250 does not exist. Enable I2C", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("(EnviroHatOptions.Simulate).", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ImpossibleAddress_NamesThePossibleOnes()
    {
        var exception = Assert.Throws<ArgumentException>(() => EnviroHat.Open(new EnviroHatOptions { Bme280Address = 0x40, Simulate = true }));

        Assert.Equal("Bme280Address is 0x40. A BME280 can have 0x76 or 0x77.", exception.Message);
    }

    [Theory]
    [InlineData(Bme280Sensor.DefaultAddress)]
    [InlineData(Bme280Sensor.AlternateAddress)]
    public async Task Open_Simulate_IsASimulatedHat(int address)
    {
        using var hat = EnviroHat.Open(new EnviroHatOptions { Simulate = true, Bme280Address = address }, _clock);

        Assert.True(hat.IsSimulated);
        Assert.NotNull((await hat.ReadAsync(Token)).TemperatureCelsius);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_StopsAndTheNextReadingWorks()
    {
        using var hat = Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await hat.ReadAsync(cancelled.Token));

        Assert.NotNull((await hat.ReadAsync(Token)).TemperatureCelsius);
    }

    [Fact]
    public async Task ReadAsync_ConcurrentCallers_AllGetAReading()
    {
        using var hat = EnviroHat.OpenSimulated(EnviroScene.Constant(Room));

        var readings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await hat.ReadAsync(Token), Token)));

        Assert.All(readings, reading => Assert.Equal(Room.TemperatureCelsius, reading.TemperatureCelsius!.Value, 0.006));
    }

    [Fact]
    public async Task ReadAsync_Disposed_Throws()
    {
        var hat = Open();
        hat.Dispose();
        hat.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await hat.ReadAsync(Token));
    }

    [Fact]
    public async Task ReadAsync_Outage_IsLoggedOnceAndItsEndToo()
    {
        var log = new RecordingLogger<EnviroHat>();
        using var hat = EnviroHat.OpenOn(_chips.Bus, timeProvider: _clock, logger: log);
        await hat.ReadSettledAsync(Token);
        _chips.Bme280.IsConnected = false;
        for (var i = 0; i < 7; i++)
        {
            await ReadLaterAsync(hat);
        }

        _chips.Bme280.IsConnected = true;
        await ReadLaterAsync(hat);

        Assert.Equal([(1000, "BME280 delivers no values"), (1001, "BME280 answers again after 00:00:07.0220000")], log.Entries);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ValueTask<EnviroReading> ReadLaterAsync(EnviroHat hat)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return hat.ReadAsync(Token);
    }

    private EnviroHat Open(EnviroHatOptions? options = null) => EnviroHat.OpenOn(_chips.Bus, options, _clock);
}
