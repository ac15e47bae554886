using System.Collections.Concurrent;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>
/// Readings of a whole hat under random faults, on a clock that jumps: none throws or hangs, and no value is shown that is not
/// true. A failure names the seed and the reading, and the same seed has it again.
/// </summary>
public sealed class FaultSoakTests
{
    private const int ReadingsPerRun = 25_000;

    [Fact]
    public Task Readings_AMillionUnderTheFaultsOfRealBuses_ShowNoWrongValue() => SoakAsync(runs: 40, SoakTolerance.Resolution, static severity =>
    [
        (FaultKind.NotAcknowledged, 0.1 * severity),
        (FaultKind.TimedOut, 0.05 * severity),
        (FaultKind.StuckLow, 0.002 * severity),
        (FaultKind.BrownOut, 0.005 * severity),
        (FaultKind.PowerCycle, 0.005 * severity),
        (FaultKind.Absence, 0.002 * severity),
        (FaultKind.OtherChip, 0.005 * severity),
        (FaultKind.SerialGarbage, 0.2 * severity),
        (FaultKind.SerialLoss, 0.2 * severity),
        (FaultKind.SerialBitFlip, 0.2 * severity),
        (FaultKind.SerialUnplugged, 0.01 * severity),
    ]);

    [Fact]
    public Task Readings_UnderBitErrorsAndTornBursts_AreNeverOffByMoreThanIsNotDoubted() => SoakAsync(runs: 8, SoakTolerance.Leap, static severity =>
    [
        (FaultKind.BitFlip, 0.01 * severity),
        (FaultKind.TornBurst, 0.01 * severity),
        (FaultKind.NotAcknowledged, 0.01 * severity),
    ]);

    private static async Task SoakAsync(int runs, SoakTolerance tolerance, Func<double, (FaultKind Kind, double Probability)[]> weather)
    {
        var failures = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, runs, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            if (await RunAsync(seed, tolerance, weather) is { } failure)
            {
                failures.Add(failure);
            }
        });

        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
    }

    private static async Task<string?> RunAsync(int seed, SoakTolerance tolerance, Func<double, (FaultKind Kind, double Probability)[]> weather)
    {
        var clock = new EventClock();
        var faults = new FaultPlan(seed, clock);
        using var hat = new SoakHat(seed, faults, clock);
        var truth = new SoakTruth(hat, tolerance);
        var random = new Random(seed);
        // From one that is far too bad to one that is still a hundred times worse than real buses.
        foreach (var (kind, probability) in weather(Math.Pow(10, -3 * random.NextDouble())))
        {
            faults[kind] = probability;
        }

        for (var index = 0; index < ReadingsPerRun; index++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(50, 1_500)));
            var (from, injected) = (clock.GetUtcNow(), faults.Injected.Count);
            var reading = await clock.RunAsync(hat.Hat.ReadAsync(EnviroSensors.All, CancellationToken.None));
            if (truth.Check(reading, from, clock.GetUtcNow()) is { } wrong)
            {
                return $"Seed {seed}, reading {index}: {wrong}. Faults in it: {string.Join(", ", faults.Injected.Skip(injected))}; before: {string.Join(", ", faults.Injected.Take(injected).TakeLast(3))}.";
            }
        }

        return truth.Climate > ReadingsPerRun / 2 && truth.Light > ReadingsPerRun / 2 && truth.Particles > ReadingsPerRun / 2
            ? null
            : $"Seed {seed}: of {ReadingsPerRun} readings only {truth.Climate} had a climate, {truth.Light} light, {truth.Particles} particles.";
    }
}
