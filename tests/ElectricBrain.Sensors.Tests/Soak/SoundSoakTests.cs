using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>Sound under random faults. It takes every sample to measure a level, so there are fewer readings than of the other sensors.</summary>
public sealed class SoundSoakTests
{
    private const int Readings = 400;

    /// <summary>What chance makes of a second of noise, and the scene of a second.</summary>
    private const double Tolerance = 1.5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Levels_UnderOverrunsSilenceAndUnplugging_AreThoseOfTheRoom(int seed)
    {
        var clock = new EventClock();
        var scene = new SoakScene(seed);
        var faults = new FaultPlan(seed, clock) { [FaultKind.SoundOverrun] = 0.004, [FaultKind.SoundUnplugged] = 0.002, [FaultKind.SoundSilence] = 0.004 };
        using var sensor = new SoundLevelSensor(faults.On(new SimulatedSoundSource(scene, clock, seed)), timeProvider: clock);
        await using var readings = sensor.MeasureAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var measured = 0;
        for (var index = 0; index < Readings; index++)
        {
            Assert.True(await clock.RunAsync(readings.MoveNextAsync()));
            if (readings.Current.Levels is { } levels)
            {
                measured++;
                var truth = scene.At(readings.Current.Timestamp - TimeSpan.FromSeconds(0.5)).SoundLevelDecibels;
                Assert.True(Math.Abs(levels.A.Equivalent - truth) <= Tolerance, $"Seed {seed}, reading {index}: {levels.A.Equivalent} dB where it was {truth} dB; {string.Join(", ", faults.Injected.TakeLast(3))}");
            }
        }

        Assert.InRange(measured, Readings / 3, Readings - 1);
    }
}
