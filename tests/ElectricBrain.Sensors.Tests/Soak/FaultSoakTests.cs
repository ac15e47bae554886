using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>A million readings under random faults: none crashes or hangs, and no value is shown that is not true.</summary>
public sealed class FaultSoakTests
{
    private const int Runs = 40;
    private const int ReadingsPerRun = 25_000;

    [Fact]
    public async Task Readings_AMillionUnderRandomFaults_NeverThrowHangOrShowAWrongValue()
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForAsync(0, Runs, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            if (await RunAsync(seed) is { } failure)
            {
                failures.Add(failure);
            }
        });

        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
    }

    private static async Task<string?> RunAsync(int seed)
    {
        var clock = new EventClock();
        var faults = FaultsOf(seed, clock);
        using var hat = new SoakHat(seed, faults, clock);
        var truth = new SoakTruth(hat, clock.GetUtcNow());
        var pauses = new Random(seed);
        for (var index = 0; index < ReadingsPerRun; index++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(pauses.Next(50, 1_500)));
            var from = clock.GetUtcNow();
            var injected = faults.Injected.Count;
            var reading = await clock.RunAsync(hat.ReadAsync());
            if (truth.Check(reading, from, clock.GetUtcNow()) is { } wrong)
            {
                return $"seed {seed}, reading {index}: {wrong}. Faults during it: {string.Join(", ", faults.Injected.Skip(injected))}; before it: {string.Join(", ", faults.Injected.Take(injected).TakeLast(3))}";
            }
        }

        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {faults.Injected.Count} faults over {clock.Elapsed}; {truth.Climate} {truth.Light} {truth.Gas} {truth.Particles}");
        return null;
    }

    /// <summary>What happens on buses and lines, some a hundred times too often; each run has its own weather.</summary>
    private static FaultPlan FaultsOf(int seed, EventClock clock)
    {
        var weather = new Random(seed);
        var faults = new FaultPlan(seed, clock);
        var severity = Math.Pow(10, -3 * weather.NextDouble());
        foreach (var (kind, probability) in new[]
        {
            (FaultKind.NotAcknowledged, 0.1), (FaultKind.TimedOut, 0.05), (FaultKind.StuckLow, 0.002), (FaultKind.BrownOut, 0.005), (FaultKind.PowerCycle, 0.005),
            (FaultKind.Absence, 0.002), (FaultKind.OtherChip, 0.005),
            (FaultKind.SerialGarbage, 0.2), (FaultKind.SerialLoss, 0.2), (FaultKind.SerialBitFlip, 0.2), (FaultKind.SerialUnplugged, 0.01),
        })
        {
            faults[kind] = probability * severity;
        }

        return faults;
    }
}
