using ElectricBrain.Sensors.Sound.Filters;

namespace ElectricBrain.Sensors.Tests.Sound.Filters;

public sealed class ButterworthTests
{
    [Theory]
    [InlineData(8, 48_000)]
    [InlineData(100, 44_100)]
    public void HighPass_Corner_IsThreeDecibelsDown(double corner, int sampleRate)
    {
        var section = Butterworth.HighPass(corner, sampleRate);

        Assert.True(section.IsStable);
        Assert.Equal(0.5, section.PowerAt(Math.Tau * corner / sampleRate), 1e-6);
        Assert.Equal(1, section.PowerAt(Math.PI), 1e-9);
        Assert.Equal(0, section.PowerAt(0), 1e-20);
    }

    [Theory]
    [InlineData(22.4, 44.7, 96_000)]
    [InlineData(708, 1413, 48_000)]
    [InlineData(11_220, 22_387, 48_000)]
    public void BandPass_Edges_AreThreeDecibelsDown(double lower, double upper, int sampleRate)
    {
        var sections = Butterworth.BandPass(lower, upper, sampleRate);

        Assert.Equal(Butterworth.BandPassSections, sections.Length);
        Assert.All(sections, section => Assert.True(section.IsStable));
        Assert.Equal(0.5, BiquadSection.PowerAt(sections, Math.Tau * lower / sampleRate), 1e-6);
        Assert.Equal(0.5, BiquadSection.PowerAt(sections, Math.Tau * upper / sampleRate), 1e-6);
    }
}
