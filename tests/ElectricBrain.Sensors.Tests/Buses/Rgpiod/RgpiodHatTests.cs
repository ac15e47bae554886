using System.Device.Spi;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>The whole hat through TCP: the same drivers on the same chips, over another header.</summary>
public sealed class RgpiodHatTests : IAsyncDisposable
{
    private static readonly EnviroConditions Room = new(22.1, 41.5, 99_870, 250, 40);

    private readonly VirtualTimeProvider _clock = new();
    private readonly SimulatedEnviro _chips;
    private readonly RgpiodServer _server;

    public RgpiodHatTests()
    {
        _chips = new SimulatedEnviro(EnviroScene.Constant(Room), _clock);
        _server = new RgpiodServer(_chips);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ReadSettled_OverTcp_GivesTheValuesOfTheSameHatHere()
    {
        var options = new EnviroHatOptions { HeatCompensation = new HeatCompensation { Factor = 2.25 } };
        var (clock, scene) = (new VirtualTimeProvider(), EnviroScene.Constant(Room with { CpuTemperatureCelsius = 47 }));
        var chips = new SimulatedEnviro(scene, clock);
        await using var server = new RgpiodServer(new SimulatedEnviro(scene, _clock));
        using var here = EnviroHat.OpenOn(chips.Header, options, clock);
        using var there = EnviroHat.OpenOn(server.CreateHeader(_clock), options, _clock);
        server.Board.Files["/sys/class/thermal/thermal_zone0/temp"] = "47000\n";

        var local = await here.ReadSettledAsync(Token);
        var remote = await there.ReadSettledAsync(Token);

        Assert.Equal(EnviroBoard.EnviroPlus, there.Board);
        Assert.NotNull(remote.TemperatureCelsius);
        Assert.Equal(
            (local.TemperatureCelsius, local.RelativeHumidityPercent, local.PressurePascals, local.IlluminanceLux, local.ProximityCounts, local.Gas),
            (remote.TemperatureCelsius, remote.RelativeHumidityPercent, remote.PressurePascals, remote.IlluminanceLux, remote.ProximityCounts, remote.Gas));
        Assert.True(server.Board.Enviro.Mics6814.IsHeated);
    }

    [Fact]
    public async Task Read_Particles_ComeOverTheSerialPort()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions { Pms5003 = new Pms5003Settings() }, _clock);

        var reading = await hat.ReadAsync(EnviroSensors.Pms5003, Token);
        while (reading.Particles is null)
        {
            Assert.NotEqual(SensorState.Failed, reading.Pms5003!.Value.State);
            reading = await hat.ReadAsync(EnviroSensors.Pms5003, Token);
        }

        Assert.Equal(SensorState.Ok, reading.Pms5003!.Value.State);
    }

    [Fact]
    public async Task Show_Display_ShowsThePictureOfTheDisplayHere()
    {
        using var header = _server.CreateHeader(_clock);
        using var gpio = header.OpenGpio();
        using var display = new St7735Display(header.OpenSpi(new SpiConnectionSettings(0, 1) { ClockFrequency = 10_000_000 }), gpio, timeProvider: _clock);
        await display.InitializeAsync(Token);
        var frame = display.CreateFrame();
        frame.Fill(Rgb565.White);

        display.Show(frame);

        Assert.True(_chips.Display.IsShowing);
        Assert.True(_chips.Gpio.IsHigh(12));
        Assert.Equal((Rgb565.White, Rgb565.White), (_chips.Display.PixelAt(0, 0), _chips.Display.PixelAt(79, 159)));
    }

    [Fact]
    public async Task Read_ClimateMeasuredContinuously_IsOneRoundTrip()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions { Bme280 = new Bme280Settings { Mode = Bme280Mode.Normal } }, _clock);
        await hat.ReadSettledAsync(Token);
        var (commands, bytes) = (_server.Commands.Count, _server.Bytes);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await hat.ReadAsync(EnviroSensors.Bme280, Token);

        // A header, a handle and six bytes of segments there: write a register, read so many. A header and those back.
        Assert.Equal([57], _server.Commands[commands..]);
        Assert.Equal(26, _server.Bytes.Received - bytes.Received);
        Assert.InRange(_server.Bytes.Sent - bytes.Sent, 24, 32);
    }

    [Fact]
    public async Task Read_ServerRestarts_FailsWhileItIsAwayAndThenGoesOn()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions(), _clock);
        await hat.ReadSettledAsync(Token);

        await _server.StopAsync();
        var broken = await hat.ReadAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var away = await hat.ReadAsync(Token);
        _server.Start();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var back = await hat.ReadSettledAsync(Token);

        Assert.Equal((null, SensorState.Retrying), (broken.TemperatureCelsius, broken.Bme280.State));
        Assert.Null(away.TemperatureCelsius);
        Assert.Equal((SensorState.Failed, SensorFault.Unreachable), (away.Bme280.State, away.Bme280.Fault));
        Assert.StartsWith("rgpiod at 127.0.0.1:", away.Bme280.Message, StringComparison.Ordinal);
        Assert.Equal(SensorState.Ok, back.Bme280.State);
        Assert.Equal(Room.TemperatureCelsius, back.TemperatureCelsius!.Value, 1);
    }

    [Fact]
    public async Task Read_ConnectionLostBetweenReadings_IsRepairedUnnoticedButForTheHeater()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions(), _clock);
        await hat.ReadSettledAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(SensorState.Ok, (await hat.ReadAsync(Token)).Mics6814!.Value.State);

        _server.Disconnect();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var first = await hat.ReadAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await hat.ReadAsync(Token);

        // The gas sensor was cold for a moment: it must warm up again before its values mean anything.
        Assert.Equal((SensorState.Ok, null), (first.Bme280.State, first.Bme280.Message));
        Assert.Equal((SensorState.Retrying, SensorFault.Unreachable), (first.Mics6814!.Value.State, first.Mics6814.Value.Fault));
        Assert.Null(first.Gas);
        Assert.Equal((SensorState.WarmingUp, true), (second.Mics6814!.Value.State, second.Gas!.Value.IsWarmingUp));
        Assert.True(_chips.Mics6814.IsHeated);
    }

    [Fact]
    public async Task Read_ChipGone_SaysThatItDoesNotAcknowledge()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions(), _clock);
        await hat.ReadSettledAsync(Token);
        _chips.Bme280.IsConnected = false;

        var reading = await hat.ReadAsync(Token);

        Assert.Equal(SensorFault.NoAnswer, reading.Bme280.Fault);
        Assert.Contains($"3 attempts: rgpiod at 127.0.0.1:{_server.Port}: the chip does not acknowledge, or the bus hangs (error -41)", reading.Bme280.Message, StringComparison.Ordinal);
        Assert.NotNull(reading.IlluminanceLux);
    }

    [Fact]
    public void Open_SoundAskedFor_HasNone()
    {
        using var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions { Sound = new SoundLevelMeterOptions() }, _clock);

        Assert.Null(hat.Microphone);
    }

    [Fact]
    public async Task Dispose_Hat_LeavesNothingOpen()
    {
        var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions { Pms5003 = new Pms5003Settings() }, _clock);
        await hat.ReadAsync(Token);
        Assert.True(_chips.Mics6814.IsHeated);

        hat.Dispose();
        await _server.StopAsync();

        Assert.Equal(0, _server.OpenHandles);
        Assert.False(_chips.Mics6814.IsHeated);
    }

    [Fact]
    public async Task Dispose_ServerGone_EndsWithoutAnError()
    {
        var hat = EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions { Pms5003 = new Pms5003Settings() }, _clock);
        await hat.ReadAsync(Token);
        await _server.StopAsync();

        hat.Dispose();
    }

    [Fact]
    public void Open_NoI2cThere_NamesTheRemedyOnce()
    {
        _server.Board.HasI2c = false;

        var exception = Assert.Throws<SensorException>(() => EnviroHat.OpenOn(_server.CreateHeader(_clock), new EnviroHatOptions(), _clock));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.StartsWith($"rgpiod at 127.0.0.1:{_server.Port} cannot open address 0x00 of /dev/i2c-1: the bus is missing or forbidden (error -29). Enable I2C there", exception.Message, StringComparison.Ordinal);
    }
}
