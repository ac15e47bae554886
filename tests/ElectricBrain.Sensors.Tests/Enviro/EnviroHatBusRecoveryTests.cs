using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Enviro;

/// <summary>A bus on which nothing answers any more is opened anew; one on which something does is left alone.</summary>
public sealed class EnviroHatBusRecoveryTests
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly RecordingLogger<EnviroHat> _log = new();
    private readonly SimulatedEnviro _chips;

    public EnviroHatBusRecoveryTests() => _chips = new SimulatedEnviro(EnviroScene.Constant(new EnviroConditions(22.1, 41.5, 99_870, 250, 40)), _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_AdapterHangs_IsBackWithTheNextReadings()
    {
        using var hat = await OpenAsync();
        _chips.Bus.IsHung = true;

        await ReadLaterAsync(hat);
        await ReadLaterAsync(hat);
        await ReadLaterAsync(hat);
        var back = await ReadLaterAsync(hat);

        Assert.Equal(2, _chips.Bus.Openings);
        Assert.Equal((SensorState.Ok, SensorState.Ok), (back.Bme280.State, back.Ltr559.State));
        Assert.NotNull(back.Gas);
        Assert.Contains(_log.Entries, entry => entry.Id == 1010);
    }

    [Fact]
    public async Task ReadAsync_OneChipGone_LeavesTheBusOpen()
    {
        using var hat = await OpenAsync();
        _chips.Bme280.IsConnected = false;

        for (var i = 0; i < 30; i++)
        {
            await ReadLaterAsync(hat);
        }

        Assert.Equal(1, _chips.Bus.Openings);
    }

    [Fact]
    public async Task ReadAsync_BusUnplugged_IsLookedForEverMoreRarelyAndFound()
    {
        using var hat = await OpenAsync();
        _chips.Bus.IsPresent = false;
        for (var i = 0; i < 300; i++)
        {
            await ReadLaterAsync(hat);
        }

        var gone = await ReadLaterAsync(hat);
        _chips.Bus.IsPresent = true;
        for (var i = 0; i < 60; i++)
        {
            await ReadLaterAsync(hat);
        }

        var back = await ReadLaterAsync(hat);

        Assert.Equal((SensorState.Failed, SensorFault.BusMissing), (gone.Bme280.State, gone.Bme280.Fault));
        Assert.Equal("The simulated I2C bus 1 does not exist. Set IsPresent.", gone.Ltr559.Message);
        Assert.Equal((SensorState.Ok, SensorState.Ok), (back.Bme280.State, back.Ltr559.State));
        Assert.Equal(2, _chips.Bus.Openings);
    }

    private async Task<EnviroHat> OpenAsync()
    {
        var hat = EnviroHat.OpenOn(_chips.Header, timeProvider: _clock, logger: _log);
        await hat.ReadSettledAsync(Token);
        return hat;
    }

    private ValueTask<EnviroReading> ReadLaterAsync(EnviroHat hat)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return hat.ReadAsync(Token);
    }
}
