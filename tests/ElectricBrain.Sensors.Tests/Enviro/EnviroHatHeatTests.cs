using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Enviro;

/// <summary>A processor really warms the simulated chip; the compensation brings the room back.</summary>
public sealed class EnviroHatHeatTests
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly Scene _scene = new();
    private readonly SimulatedEnviro _chips;

    public EnviroHatHeatTests() => _chips = new SimulatedEnviro(_scene, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_NotCompensated_ShowsWhatTheChipMeasures()
    {
        using var hat = Open();

        var reading = await hat.ReadAsync(Token);

        // (2.25 * 21 + 50) / 3.25
        Assert.Equal(29.92, reading.TemperatureCelsius!.Value, 0.01);
        Assert.Equal((null, null, null, null), (reading.RawTemperatureCelsius, reading.RawRelativeHumidityPercent, reading.CpuTemperatureCelsius, reading.Cpu));
        Assert.Equal(12.9, reading.DewPointCelsius!.Value, 0.1);
    }

    [Fact]
    public async Task ReadAsync_Compensated_ShowsTheRoomAndKeepsWhatWasMeasured()
    {
        using var hat = Open(new EnviroHatOptions { HeatCompensation = SimulatedEnviro.HeatCompensation });

        var reading = await hat.ReadAsync(Token);

        Assert.Equal(21, reading.TemperatureCelsius!.Value, 0.02);
        Assert.Equal(60, reading.RelativeHumidityPercent!.Value, 0.1);
        Assert.Equal(29.92, reading.RawTemperatureCelsius!.Value, 0.01);
        Assert.Equal(35.3, reading.RawRelativeHumidityPercent!.Value, 0.1);
        Assert.Equal(50, reading.CpuTemperatureCelsius!.Value, 0.001);
        Assert.Equal(12.9, reading.DewPointCelsius!.Value, 0.1);
        Assert.Equal(SensorState.Ok, reading.Cpu!.Value.State);
    }

    [Fact]
    public async Task ReadAsync_CompensationBringsTheAirBelowItsDewPoint_HasNoHumidity()
    {
        _scene.Humidity = 99;
        using var hat = Open(new EnviroHatOptions { HeatCompensation = new HeatCompensation { Factor = 1.5 } });

        var reading = await hat.ReadAsync(Token);

        Assert.NotNull(reading.TemperatureCelsius);
        Assert.Null(reading.RelativeHumidityPercent);
        Assert.Equal(20.8, reading.DewPointCelsius!.Value, 0.1);
    }

    [Fact]
    public async Task ReadAsync_NoThermometerOfTheProcessor_HasNoTemperatureAndSaysWhy()
    {
        _scene.Cpu = null;
        using var hat = Open(new EnviroHatOptions { HeatCompensation = SimulatedEnviro.HeatCompensation, AltitudeMetres = 300 });

        var reading = await hat.ReadAsync(Token);

        Assert.Equal((null, null, null), (reading.TemperatureCelsius, reading.RelativeHumidityPercent, reading.SeaLevelPressurePascals));
        Assert.NotNull(reading.RawTemperatureCelsius);
        Assert.NotNull(reading.PressurePascals);
        Assert.Equal((SensorState.Ok, SensorState.Failed, SensorFault.BusMissing), (reading.Bme280.State, reading.Cpu!.Value.State, reading.Cpu.Value.Fault));
        Assert.StartsWith("The temperature of the processor of the simulated board cannot be read", reading.Cpu.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Altitude_ReducesThePressureToSeaLevel()
    {
        _scene.Cpu = null;
        using var hat = Open(new EnviroHatOptions { AltitudeMetres = 500 });

        var reading = await hat.ReadAsync(Token);

        Assert.Equal(95_000, reading.PressurePascals!.Value, 3.0);
        Assert.Equal(SeaLevelPressure.Pascals(95_000, 500, 21, WaterVapour.Pascals(21, 60))!.Value, reading.SeaLevelPressurePascals!.Value, 4.0);
    }

    [Fact]
    public async Task ObserveHeatAsync_AtRestAndUnderLoad_FindsTheFactorOfThePlace()
    {
        using var hat = Open();
        var rest = await hat.ObserveHeatAsync(21, cancellationToken: Token);
        Assert.Equal(59, _clock.Elapsed.TotalSeconds, 2.0);
        _scene.Cpu = 70;
        _clock.Advance(TimeSpan.FromMinutes(15));
        var load = await hat.ObserveHeatAsync(21, cancellationToken: Token);

        var compensation = HeatCompensation.Fit([rest, load]);

        Assert.Equal(2.25, compensation.Factor, 0.01);
        Assert.Equal((50, 70), (Math.Round(rest.CpuCelsius, 3), Math.Round(load.CpuCelsius, 3)));
    }

    [Fact]
    public async Task ObserveHeatAsync_TemperatureMoves_IsRefused()
    {
        using var hat = Open();
        _scene.CpuKelvinPerSecond = 0.1;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await hat.ObserveHeatAsync(21, cancellationToken: Token));

        Assert.Matches("moved from 29.9 to 31.\\d °C\\. Keep its load", exception.Message);
    }

    [Fact]
    public async Task ObserveHeatAsync_ChipGone_IsItsFault()
    {
        using var hat = Open();
        _chips.Bme280.IsConnected = false;

        Assert.Equal(SensorFault.NoAnswer, (await Assert.ThrowsAsync<SensorException>(async () => await hat.ObserveHeatAsync(21, cancellationToken: Token))).Fault);
    }

    [Fact]
    public async Task CalibrateGasAsync_CleanAir_FindsTheUnitsResistancesAndUsesThem()
    {
        using var hat = Open();

        var calibration = await hat.CalibrateGasAsync(Token);

        Assert.Equal(1, calibration.ReducingOhms / _chips.Mics6814.CleanAir.ReducingOhms, 0.01);
        Assert.Equal(1, (await hat.ReadAsync(Token)).Gas!.Value.Ammonia.Ratio!.Value, 0.01);
    }

    [Fact]
    public async Task CalibrateGasAsync_Mini_SaysThatItHasNone()
    {
        _chips.Ads1015.IsConnected = false;
        using var hat = Open();

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await hat.CalibrateGasAsync(Token));

        Assert.StartsWith("This hat has no gas sensor: its board is EnviroMini.", exception.Message, StringComparison.Ordinal);
    }

    private EnviroHat Open(EnviroHatOptions? options = null) => EnviroHat.OpenOn(_chips.Header, options, _clock);

    private sealed class Scene : EnviroScene
    {
        private DateTimeOffset? _start;

        public double? Cpu { get; set; } = 50;

        public double CpuKelvinPerSecond { get; set; }

        public double Humidity { get; set; } = 60;

        public override EnviroConditions At(DateTimeOffset time) => new(21, Humidity, 95_000, 250, 40)
        {
            CpuTemperatureCelsius = Cpu + CpuKelvinPerSecond * (time - (_start ??= time)).TotalSeconds,
        };
    }
}
