using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sound.Levels;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Enviro;

public sealed class EnviroWindowBuilderTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)));
    private TimeSpan _clockError;

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public void Add_ClockWasSet_MarksTheWindowsThatItCut(int seconds)
    {
        var windows = new EnviroWindowBuilder(Length, _clock);
        var finished = Run(windows, 25).ToList();
        _clockError += TimeSpan.FromSeconds(seconds);
        finished.AddRange(Run(windows, 25));

        // The one that was left early, and the one that was entered late, are not whole.
        Assert.Equal([false, true, false, false, true, true], finished.Select(window => window.IsComplete));
    }

    [Fact]
    public void Add_NoReadingForLong_GivesNoEmptyWindowsAndNoWholeOne()
    {
        var windows = new EnviroWindowBuilder(Length, _clock);
        Assert.Single(Run(windows, 12));
        _clock.Advance(TimeSpan.FromSeconds(95));

        Assert.Equal([false, false, true, true], Run(windows, 25).Select(window => window.IsComplete));
    }

    [Fact]
    public void End_SoundLevels_AreAveragedByTheirEnergy()
    {
        var windows = new EnviroWindowBuilder(Length, _clock);
        windows.Add(WithSound(50));
        windows.Add(WithSound(60));

        var window = windows.End()!;

        Assert.Equal(57.404, window.EquivalentSoundLevelDecibels!.Value, 0.001);
        Assert.Equal(55, window[EnviroQuantity.SoundLevel]!.Value.Mean);
    }

    private EnviroReading WithSound(double level) =>
        new() { Timestamp = _clock.GetUtcNow(), Sound = new SoundLevels { A = new WeightedLevels { Equivalent = level } } };

    private IEnumerable<EnviroWindow> Run(EnviroWindowBuilder windows, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (windows.Add(new EnviroReading { Timestamp = _clock.GetUtcNow() + _clockError, TemperatureCelsius = second }) is { } window)
            {
                yield return window;
            }
        }
    }
}
