using CsCheck;
using ElectricBrain.Sensors.Devices.Ltr559;

namespace ElectricBrain.Sensors.Tests.Devices.Ltr559;

public sealed class Ltr559GainRangeTests
{
    [Theory]
    [InlineData(0, Ltr559Gain.X1, Ltr559Gain.X96)]
    [InlineData(10, Ltr559Gain.X1, Ltr559Gain.X96)]
    [InlineData(600, Ltr559Gain.X1, Ltr559Gain.X48)]
    [InlineData(20_000, Ltr559Gain.X4, Ltr559Gain.X4)]
    [InlineData(40_000, Ltr559Gain.X4, Ltr559Gain.X4)]
    [InlineData(60_000, Ltr559Gain.X4, Ltr559Gain.X2)]
    [InlineData(60_000, Ltr559Gain.X96, Ltr559Gain.X48)]
    [InlineData(65_535, Ltr559Gain.X96, Ltr559Gain.X1)]
    [InlineData(65_535, Ltr559Gain.X1, Ltr559Gain.X1)]
    public void Choose_Counts_LeavesHalfOfTheRangeFree(int counts, Ltr559Gain gain, Ltr559Gain expected) =>
        Assert.Equal(expected, Ltr559GainRange.Choose(counts, gain));

    [Fact]
    public void Choose_SteadyLight_SettlesAtOnce() =>
        Gen.Select(Gen.Double[0, 700], Gen.Enum<Ltr559Gain>()).Sample((countsAtX1, gain) =>
        {
            var first = Ltr559GainRange.Choose(Counts(countsAtX1, gain), gain);
            var second = Ltr559GainRange.Choose(Counts(countsAtX1, first), first);
            // From saturation the first step only finds out how bright it is.
            var settled = Counts(countsAtX1, gain) == Ltr559GainRange.FullScale ? second : first;
            return Ltr559GainRange.Choose(Counts(countsAtX1, settled), settled) == settled;
        });

    private static int Counts(double countsAtX1, Ltr559Gain gain) =>
        (int)Math.Min(countsAtX1 * Ltr559Illuminance.Factor(gain), Ltr559GainRange.FullScale);
}
