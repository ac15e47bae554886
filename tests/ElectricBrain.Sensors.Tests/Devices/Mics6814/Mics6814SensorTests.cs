using System.Device.Gpio;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Devices.Mics6814;

public sealed class Mics6814SensorTests : IDisposable
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly ChangingScene _scene = new();
    private readonly SimulatedGpio _pins = new();
    private readonly GpioController _gpio;
    private readonly SimulatedMics6814 _elements;
    private readonly SimulatedAds1015 _chip;

    public Mics6814SensorTests()
    {
        _gpio = new GpioController(_pins);
        _elements = new SimulatedMics6814(_scene, _pins, _clock);
        _chip = new SimulatedAds1015(_elements.VoltageAt, _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _gpio.Dispose();

    [Fact]
    public async Task InitializeAsync_Heater_IsOnUntilDisposed()
    {
        var sensor = Sensor();
        Assert.False(_elements.IsHeated);

        await sensor.InitializeAsync(Token);
        Assert.True(_elements.IsHeated);

        sensor.Dispose();
        Assert.False(_elements.IsHeated);
    }

    [Fact]
    public async Task MeasureAsync_CleanAir_GivesTheResistancesOfTheUnit()
    {
        using var sensor = await HeatedAsync();

        var reading = await sensor.MeasureAsync(Token);
        reading = await sensor.MeasureAsync(Token);

        Assert.Equal(12_000, reading.Oxidising.Ohms!.Value, 12.0);
        Assert.Equal(330_000, reading.Reducing.Ohms!.Value, 2_500.0);
        Assert.Equal(190_000, reading.Ammonia.Ohms!.Value, 700.0);
        Assert.Equal(1, reading.Oxidising.Ratio!.Value, 0.001);
        Assert.Equal(1, reading.Reducing.Ratio!.Value, 0.01);
        Assert.Equal(1, reading.Ammonia.Ratio!.Value, 0.01);
    }

    [Fact]
    public async Task MeasureAsync_HeaterSwitchedOffByAnother_HasNoValuesUntilItHasWarmedUpAgain()
    {
        using var sensor = await HeatedAsync();
        _pins.Drive(Mics6814Settings.EnviroHeaterPin, high: false);

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));
        Assert.Equal(SensorFault.InvalidData, exception.Fault);
        Assert.Contains("GPIO24 does not heat the MICS6814: its pin is low.", exception.Message, StringComparison.Ordinal);

        await sensor.InitializeAsync(Token);
        Assert.True(_elements.IsHeated);
        Assert.True((await sensor.MeasureAsync(Token)).IsWarmingUp);
    }

    [Fact]
    public async Task MeasureAsync_Gases_AreIndicatedByTheirElements()
    {
        using var sensor = await HeatedAsync();
        _scene.Gas = new GasConcentrations(50, 0.8, 20);
        await sensor.MeasureAsync(Token);

        var reading = await sensor.MeasureAsync(Token);

        Assert.Equal(50, reading.IndicativePpm(Mics6814Gas.CarbonMonoxide)!.Value, 0.5);
        Assert.Equal(0.8, reading.IndicativePpm(Mics6814Gas.NitrogenDioxide)!.Value, 0.01);
        Assert.Equal(20, reading.IndicativePpm(Mics6814Gas.Ammonia)!.Value, 0.2);
    }

    [Fact]
    public async Task MeasureAsync_ResistanceJumpsBeyondTheRange_IsMeasuredAgain()
    {
        using var sensor = await HeatedAsync();
        _scene.Gas = GasConcentrations.CleanAir with { CarbonMonoxidePpm = 900 };
        await sensor.MeasureAsync(Token);
        _scene.Gas = GasConcentrations.CleanAir;

        var reading = await sensor.MeasureAsync(Token);

        Assert.Equal(330_000, reading.Reducing.Ohms!.Value, 2_500.0);
    }

    [Fact]
    public async Task MeasureAsync_WhileTheHeaterWarmsUp_HasResistancesButNoRatios()
    {
        using var sensor = Sensor();
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(9));

        var early = await sensor.MeasureAsync(Token);
        Assert.True(early.IsWarmingUp);
        Assert.NotNull(early.Oxidising.Ohms);
        Assert.Null(early.Oxidising.Ratio);
        Assert.Null(early.IndicativePpm(Mics6814Gas.NitrogenDioxide));
        Assert.False(((ISampledSensor<Mics6814Reading>)sensor).IsSettled(early));

        _clock.Advance(TimeSpan.FromMinutes(1));
        var warm = await sensor.MeasureAsync(Token);
        Assert.False(warm.IsWarmingUp);
        Assert.True(((ISampledSensor<Mics6814Reading>)sensor).IsSettled(warm));
    }

    [Fact]
    public async Task MeasureAsync_WithoutCalibration_HasNoRatios()
    {
        using var sensor = Sensor(new Mics6814Settings());
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(11));

        var reading = await sensor.MeasureAsync(Token);

        Assert.NotNull(reading.Reducing.Ohms);
        Assert.Null(reading.Reducing.Ratio);
    }

    [Fact]
    public async Task MeasureAsync_NoElementThere_IsAFaultOnceItShouldBeWarm()
    {
        using var sensor = Sensor();
        await sensor.InitializeAsync(Token);
        _elements.IsOpen = true;
        Assert.Equal(default, (await sensor.MeasureAsync(Token)).Reducing);
        _clock.Advance(TimeSpan.FromMinutes(11));

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));

        Assert.Equal((SensorFault.InvalidData, 1, 0x49), (exception.Fault, exception.BusId, exception.Address));
    }

    [Fact]
    public async Task InitializeAsync_AfterAnOutage_WarmsUpAnew()
    {
        using var sensor = await HeatedAsync();
        _chip.IsConnected = false;
        await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));
        _chip.IsConnected = true;

        await sensor.InitializeAsync(Token);

        Assert.True((await sensor.MeasureAsync(Token)).IsWarmingUp);
    }

    [Fact]
    public async Task InitializeAsync_HeaterPinInUse_NamesThePinAndTheRemedy()
    {
        _pins.BusyPin = 24;
        using var sensor = Sensor();

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.InitializeAsync(Token));

        Assert.Equal((SensorFault.BusMissing, null), (exception.Fault, exception.BusId));
        Assert.Contains("GPIO24 (heater of the MICS6814)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CalibrateAsync_SteadyAir_MeasuresTheUnitAndUsesIt()
    {
        using var sensor = Sensor(new Mics6814Settings());
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(11));
        var before = _clock.Elapsed;

        var calibration = await sensor.CalibrateAsync(samples: 30, cancellationToken: Token);

        Assert.Equal(330_000, calibration.ReducingOhms, 2_500.0);
        Assert.Equal(12_000, calibration.OxidisingOhms, 12.0);
        Assert.InRange(_clock.Elapsed - before, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        Assert.Equal(_clock.GetUtcNow(), calibration.CalibratedAt);
        Assert.Equal(1, (await sensor.MeasureAsync(Token)).Ammonia.Ratio!.Value, 0.01);
    }

    [Fact]
    public async Task CalibrateAsync_WarmingUp_Throws()
    {
        using var sensor = Sensor();
        await sensor.InitializeAsync(Token);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await sensor.CalibrateAsync(cancellationToken: Token));

        Assert.Contains("00:09:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CalibrateAsync_AirMoves_IsAFaultAndKeepsTheOldCalibration()
    {
        using var sensor = await HeatedAsync();
        _scene.Drift = true;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.CalibrateAsync(cancellationToken: Token));

        Assert.Contains("steady", exception.Message, StringComparison.Ordinal);
        Assert.Same(Calibrated.Calibration, sensor.Calibration);
    }

    [Fact]
    public async Task MeasureAsync_NotInitialized_Throws()
    {
        using var sensor = Sensor();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sensor.MeasureAsync(Token));
    }

    private Mics6814Settings Calibrated => field ??= new Mics6814Settings { Calibration = _elements.CleanAir };

    private async Task<Mics6814Sensor> HeatedAsync()
    {
        var sensor = Sensor();
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(11));
        return sensor;
    }

    private Mics6814Sensor Sensor(Mics6814Settings? settings = null) => new(Converter(_chip), _gpio, settings ?? Calibrated, _clock);

    private Ads1015Converter Converter(SimulatedChip chip) => new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), timeProvider: _clock);

    private sealed class ChangingScene : EnviroScene
    {
        public GasConcentrations Gas { get; set; } = GasConcentrations.CleanAir;

        /// <summary>Whether carbon monoxide rises by 1 ppm a second.</summary>
        public bool Drift { get; set; }

        public override EnviroConditions At(DateTimeOffset time) => new(20, 50, 100_000, 100, 10)
        {
            Gas = Drift ? Gas with { CarbonMonoxidePpm = 5 + time.TimeOfDay.TotalSeconds % 60 } : Gas,
        };
    }
}
