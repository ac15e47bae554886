using CsCheck;
using ElectricBrain.Sensors.Display.Pages;

namespace ElectricBrain.Sensors.Tests.Display.Pages;

public sealed class HistoryTests
{
    [Fact]
    public void TryGet_AnyValues_AreThoseOfTheSlotsThatAreKept() =>
        Gen.Select(Gen.Int[0, 40], Gen.Double[-50, 50]).Array[1, 60].Sample(steps =>
        {
            var history = new History(10, TimeSpan.FromSeconds(5));
            var (now, added) = (0, new List<(long Slot, double Value)>());
            foreach (var (wait, value) in steps)
            {
                now += wait;
                history.Add(TimeSpan.FromSeconds(now), value);
                added.Add((now / 5, value));
            }

            var last = now / 5;
            for (var slot = Math.Max(0, last - 9); slot <= last; slot++)
            {
                var expected = added.Where(one => one.Slot == slot).Select(static one => one.Value).ToArray();
                Assert.Equal(expected.Length > 0, history.TryGetMean(slot, slot, out var mean));
                if (expected.Length > 0)
                {
                    Assert.Equal(expected.Average(), mean, 1e-9);
                }
            }

            var kept = added.Where(one => one.Slot > last - 10).Select(static one => one.Value).ToArray();
            Assert.True(history.TryGetExtremes(last, out var least, out var most));
            Assert.Equal((kept.Min(), kept.Max()), (least, most));
        });

    [Fact]
    public void TryGetMean_SeveralSlots_WeighsEveryValueTheSame()
    {
        var history = new History(10, TimeSpan.FromSeconds(1));
        history.Add(TimeSpan.FromSeconds(0), 1);
        history.Add(TimeSpan.FromSeconds(0.5), 2);
        history.Add(TimeSpan.FromSeconds(2), 6);

        Assert.True(history.TryGetMean(0, 2, out var mean));
        Assert.Equal(3, mean);
    }

    [Fact]
    public void TryGet_NothingAdded_IsFalse()
    {
        var history = new History(10, TimeSpan.FromSeconds(1));

        Assert.False(history.TryGetMean(0, 5, out _));
        Assert.False(history.TryGetExtremes(5, out _, out _));
    }
}
