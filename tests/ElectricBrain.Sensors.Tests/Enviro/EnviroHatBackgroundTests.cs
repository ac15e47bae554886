using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Sound.Levels;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Enviro;

/// <summary>Particles and sound arrive in the background; readings take what is there.</summary>
public sealed class EnviroHatBackgroundTests : IDisposable
{
    private static readonly EnviroConditions Room = new(22.1, 41.5, 99_870, 250, 40) { Particles = new ParticleConcentrations(5, 13, 22), SoundLevelDecibels = 48 };

    private readonly FakeTimeProvider _clock = new();
    private readonly SimulatedEnviro _chips;
    private EnviroHat? _hat;

    public EnviroHatBackgroundTests() => _chips = new SimulatedEnviro(EnviroScene.Constant(Room), _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _hat?.Dispose();

    [Fact]
    public async Task ReadAsync_ParticleSensor_IsNotWaitedForAndDeliversAfterItsWarmUp()
    {
        Open(new EnviroHatOptions { Pms5003 = new Pms5003Settings() });

        var first = await ReadAsync(EnviroSensors.All);
        var warm = await UntilAsync(reading => reading.Particles is not null, TimeSpan.FromSeconds(45));

        Assert.NotNull(first.TemperatureCelsius);
        Assert.Equal((null, SensorState.WarmingUp), (first.Particles, first.Pms5003!.Value.State));
        Assert.Equal(new Pms5003Mass(5, 13, 22), warm.Particles!.Value.Atmospheric);
        Assert.Equal(SensorState.Ok, warm.Pms5003!.Value.State);
        Assert.True(_chips.Pms5003.IsRunning);
    }

    [Fact]
    public async Task ReadAsync_ParticleSensorUnplugged_IsItsFaultAlone()
    {
        Open(new EnviroHatOptions { Pms5003 = new Pms5003Settings() });
        await UntilAsync(reading => reading.Particles is not null, TimeSpan.FromSeconds(45));
        _chips.Pms5003.Line.IsSilent = true;

        var gone = await UntilAsync(reading => reading.Pms5003!.Value.State == SensorState.Retrying, TimeSpan.FromSeconds(20));
        _chips.Pms5003.Line.IsSilent = false;
        await UntilAsync(reading => reading.Particles is not null, TimeSpan.FromSeconds(60));

        Assert.Equal((null, SensorFault.NoAnswer), (gone.Particles, gone.Pms5003!.Value.Fault));
        Assert.StartsWith("PMS5003 at the serial port of the simulated board sends nothing.", gone.Pms5003.Value.Message, StringComparison.Ordinal);
        Assert.NotNull(gone.TemperatureCelsius);
    }

    [Fact]
    public async Task OpenOn_NothingButTheParticleSensor_Opens()
    {
        _chips.Bus.IsPresent = false;
        Open(new EnviroHatOptions { Pms5003 = new Pms5003Settings() });

        var reading = await UntilAsync(reading => reading.Particles is not null, TimeSpan.FromSeconds(45));

        Assert.Equal((SensorState.Failed, SensorFault.BusMissing), (reading.Bme280.State, reading.Bme280.Fault));
    }

    [Fact]
    public async Task ReadAsync_Microphone_HasTheLevelsOfTheLatestInterval()
    {
        Open(new EnviroHatOptions { Sound = new SoundLevelMeterOptions() });

        var first = await ReadAsync(EnviroSensors.All);
        var loud = await UntilAsync(reading => reading.Sound is not null, TimeSpan.FromSeconds(10));

        Assert.Equal((null, SensorState.WarmingUp), (first.Sound, first.Microphone!.Value.State));
        Assert.Equal(48, loud.Sound!.Value.A.Equivalent, 1.0);
        Assert.Equal(SensorState.Ok, loud.Microphone!.Value.State);
    }

    [Fact]
    public async Task ReadAsync_MicrophoneUnplugged_ShowsNoOldLevelAndComesBack()
    {
        Open(new EnviroHatOptions { Sound = new SoundLevelMeterOptions() });
        await UntilAsync(reading => reading.Sound is not null, TimeSpan.FromSeconds(10));
        _chips.Microphone.IsConnected = false;

        var gone = await UntilAsync(reading => reading.Microphone!.Value.State == SensorState.Failed, TimeSpan.FromSeconds(10));
        _chips.Microphone.IsConnected = true;
        await UntilAsync(reading => reading.Sound is not null, TimeSpan.FromSeconds(60));

        Assert.Null(gone.Sound);
        Assert.Equal(SensorFault.NoAnswer, gone.Microphone!.Value.Fault);
    }

    [Fact]
    public async Task Dispose_WhileListening_ClosesTheMicrophoneAndTheSerialPort()
    {
        Open(new EnviroHatOptions { Sound = new SoundLevelMeterOptions(), Pms5003 = new Pms5003Settings() });
        await UntilAsync(reading => reading.Particles is not null && reading.Sound is not null, TimeSpan.FromSeconds(60));

        _hat!.Dispose();

        Assert.False(_chips.Pms5003.Line.IsOpen);
        Assert.False(_chips.Pms5003.IsRunning);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ReadAsync(EnviroSensors.Microphone));
    }

    private void Open(EnviroHatOptions options)
    {
        // Takes no time to read.
        options.Bme280 = new Bme280Settings { Mode = Bme280Mode.Normal };
        _hat = EnviroHat.OpenOn(_chips.Header, options, _clock);
    }

    /// <summary>Reads while the clock goes on, a tenth of a second at a time, with a moment of real time for what runs in the background.</summary>
    private async Task<EnviroReading> UntilAsync(Predicate<EnviroReading> condition, TimeSpan limit)
    {
        for (var end = _clock.GetUtcNow() + limit; _clock.GetUtcNow() < end;)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, Token);
            if (await ReadAsync(EnviroSensors.All) is var reading && condition(reading))
            {
                return reading;
            }
        }

        throw new TimeoutException($"Not in {limit}.");
    }

    private async Task<EnviroReading> ReadAsync(EnviroSensors sensors)
    {
        var reading = _hat!.ReadAsync(sensors, Token).AsTask();
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(1, Token));
            _clock.Advance(TimeSpan.FromMilliseconds(reading.IsCompleted ? 0 : 1));
        }

        return await reading;
    }
}
