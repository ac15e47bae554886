using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Enviro;

/// <summary>What a hat has, by its model and by what is broken.</summary>
public sealed class EnviroHatBoardTests
{
    private static readonly EnviroConditions Room = new(22.1, 41.5, 99_870, 250, 40);

    private readonly VirtualTimeProvider _clock = new();
    private SimulatedEnviro _chips;

    public EnviroHatBoardTests() => _chips = new SimulatedEnviro(EnviroScene.Constant(Room), _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenOn_ConverterAnswers_IsAnEnviroPlusWithItsHeaterOn()
    {
        using var hat = Open();
        Assert.Equal(EnviroBoard.EnviroPlus, hat.Board);

        var reading = await hat.ReadAsync(Token);

        Assert.True(_chips.Mics6814.IsHeated);
        Assert.Equal(SensorState.WarmingUp, reading.Mics6814!.Value.State);
        Assert.True(reading.Gas!.Value.IsWarmingUp);
        Assert.NotNull(reading.Gas.Value.Oxidising.Ohms);
    }

    [Fact]
    public async Task OpenOn_NoConverter_IsAMiniWithoutAFault()
    {
        _chips = new SimulatedEnviro(EnviroScene.Constant(Room), _clock, board: EnviroBoard.EnviroMini);
        using var hat = Open();

        var reading = await hat.ReadSettledAsync(Token);

        Assert.Equal(EnviroBoard.EnviroMini, hat.Board);
        Assert.Equal((null, null), (reading.Gas, reading.Mics6814));
        Assert.NotNull(reading.TemperatureCelsius);
    }

    [Fact]
    public async Task OpenOn_NoConverterOnASaidEnviroPlus_IsAFaultOfTheGasSensor()
    {
        _chips.Ads1015.IsConnected = false;
        using var hat = Open(new EnviroHatOptions { Board = EnviroBoard.EnviroPlus });

        var reading = await hat.ReadSettledAsync(Token);

        Assert.Null(reading.Gas);
        Assert.Equal((SensorState.Failed, SensorFault.NoAnswer), (reading.Mics6814!.Value.State, reading.Mics6814.Value.Fault));
        Assert.StartsWith("ADS1015 at 0x49 on I2C bus 1 does not answer", reading.Mics6814.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenOn_SaidToBeAMini_LeavesTheConverterAlone()
    {
        using var hat = Open(new EnviroHatOptions { Board = EnviroBoard.EnviroMini });
        await hat.ReadSettledAsync(Token);

        Assert.Equal((0, false), (_chips.Ads1015.TransferCount, _chips.Mics6814.IsHeated));
    }

    [Fact]
    public async Task OpenOn_GasNotAskedFor_LeavesTheHeaterOff()
    {
        using var hat = Open(new EnviroHatOptions { Mics6814 = null });

        Assert.Null((await hat.ReadSettledAsync(Token)).Mics6814);
        Assert.Equal((EnviroBoard.EnviroPlus, false), (hat.Board, _chips.Mics6814.IsHeated));
    }

    [Fact]
    public async Task OpenOn_PinOfTheHeaterInUse_IsAFaultOfTheGasSensorUntilItIsFree()
    {
        _chips.Gpio.BusyPin = Mics6814Settings.EnviroHeaterPin;
        using var hat = Open();

        var busy = await hat.ReadSettledAsync(Token);
        _chips.Gpio.BusyPin = null;
        var free = await hat.ReadAsync(Token);

        Assert.Contains("GPIO24 (heater of the MICS6814) cannot be opened", busy.Mics6814!.Value.Message, StringComparison.Ordinal);
        Assert.NotNull(busy.TemperatureCelsius);
        Assert.Equal((SensorState.WarmingUp, true), (free.Mics6814!.Value.State, free.Gas is not null));
    }

    [Fact]
    public async Task OpenOn_OnlyTheGasSensorAnswers_Opens()
    {
        _chips.Bme280.IsConnected = _chips.Ltr559.IsConnected = false;
        using var hat = Open();

        var reading = await hat.ReadSettledAsync(Token);

        Assert.NotNull(reading.Gas);
        Assert.Equal((SensorState.Failed, SensorState.Failed), (reading.Bme280.State, reading.Ltr559.State));
    }

    [Fact]
    public void OpenOn_NothingOnASaidEnviroPlus_NamesAllThatIsMissing()
    {
        _chips.Bme280.IsConnected = _chips.Ltr559.IsConnected = _chips.Ads1015.IsConnected = false;

        var exception = Assert.Throws<SensorException>(() => Open(new EnviroHatOptions { Board = EnviroBoard.EnviroPlus }));

        Assert.Matches("^No Enviro hat found\\. BME280 at 0x76 .* LTR559 at 0x23 .* ADS1015 at 0x49 ", exception.Message);
    }

    [Fact]
    public void OpenOn_BusMissing_IsTheFault()
    {
        _chips.Bus.IsPresent = false;

        Assert.Equal(SensorFault.BusMissing, Assert.Throws<SensorException>(() => Open()).Fault);
    }

    [Fact]
    public async Task ReadSettledAsync_GasWithCalibration_HasRatiosAfterTheWarmUp()
    {
        using var hat = Open(new EnviroHatOptions { Mics6814 = new Mics6814Settings { Calibration = _chips.Mics6814.CleanAir } });

        var reading = await hat.ReadSettledAsync(EnviroSensors.Mics6814, Token);

        Assert.Equal(1, reading.Gas!.Value.Reducing.Ratio!.Value, 0.01);
        Assert.Equal(SensorState.Ok, reading.Mics6814!.Value.State);
        Assert.InRange(_clock.Elapsed.TotalMinutes, 10, 10.1);
    }

    [Fact]
    public async Task ReadAsync_SomeSensors_TransfersNothingWithTheOthers()
    {
        using var hat = Open();
        await hat.ReadSettledAsync(Token);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        var (climate, gas) = (_chips.Bme280.TransferCount, _chips.Ads1015.TransferCount);

        var reading = await hat.ReadAsync(EnviroSensors.Ltr559 | EnviroSensors.Pms5003, Token);

        Assert.Equal((climate, gas), (_chips.Bme280.TransferCount, _chips.Ads1015.TransferCount));
        Assert.Equal((null, null), (reading.TemperatureCelsius, reading.Gas));
        Assert.NotNull(reading.IlluminanceLux);
        Assert.Equal((SensorState.Ok, SensorState.WarmingUp, null), (reading.Bme280.State, reading.Mics6814!.Value.State, reading.Pms5003));
    }

    private EnviroHat Open(EnviroHatOptions? options = null) => EnviroHat.OpenOn(_chips.Header, options, _clock);
}
