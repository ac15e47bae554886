using CsCheck;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Simulation.Chips;

namespace ElectricBrain.Sensors.Tests.Devices.Ltr559;

public sealed class Ltr559IlluminanceTests
{
    // Each branch of the datasheet's formula, both sides of each limit, computed by hand.
    [Theory]
    [InlineData(0, 0, Ltr559Gain.X1, 100, 0)]
    [InlineData(1000, 0, Ltr559Gain.X1, 100, 1774.3)]
    [InlineData(700, 300, Ltr559Gain.X1, 100, 1573.78)]
    [InlineData(551, 449, Ltr559Gain.X1, 100, 1474.1884)]
    [InlineData(550, 450, Ltr559Gain.X1, 100, 1473.515)]
    [InlineData(361, 639, Ltr559Gain.X1, 100, 295.4213)]
    [InlineData(360, 640, Ltr559Gain.X1, 100, 289.176)]
    [InlineData(151, 849, Ltr559Gain.X1, 100, 190.0891)]
    [InlineData(150, 850, Ltr559Gain.X1, 100, 0)]
    [InlineData(0, 1000, Ltr559Gain.X1, 100, 0)]
    [InlineData(700, 300, Ltr559Gain.X2, 100, 786.89)]
    [InlineData(700, 300, Ltr559Gain.X4, 50, 786.89)]
    [InlineData(700, 300, Ltr559Gain.X8, 200, 98.36125)]
    [InlineData(700, 300, Ltr559Gain.X48, 350, 9.367738095)]
    [InlineData(700, 300, Ltr559Gain.X96, 400, 4.098385417)]
    [InlineData(65535, 65535, Ltr559Gain.X1, 100, 152_283.6795)]
    public void FromCounts_Formula_GivesLux(int channel0, int channel1, Ltr559Gain gain, int milliseconds, double lux) =>
        Assert.Equal(lux, Ltr559Illuminance.FromCounts(channel0, channel1, gain, milliseconds), 1e-6 * (1 + lux));

    [Fact]
    public void Counts_AnyLuxInRange_IsDecodedWithinOneCount() =>
        Gen.Select(Gen.Double[0, 50_000], Gen.Enum<Ltr559Gain>(), Gen.Int[1, 8].Select(step => step * 50))
            .Where((lux, gain, milliseconds) => lux * Ltr559Illuminance.Factor(gain) * milliseconds / 100 < 100_000)
            .Sample((lux, gain, milliseconds) =>
            {
                var (channel0, channel1) = Ltr559Inversion.Counts(lux, gain, milliseconds);
                var count = 1.7743 / Ltr559Illuminance.Factor(gain) / (milliseconds / 100.0);
                return Math.Abs(Ltr559Illuminance.FromCounts(channel0, channel1, gain, milliseconds) - lux) <= count;
            });
}
