using ElectricBrain.Sensors.Sound.Filters;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Tests.Sound.Weighting;

public sealed class WeightingFilterTests
{
    public static MatrixTheoryData<FrequencyWeighting, int> AllDesigns => new(Enum.GetValues<FrequencyWeighting>(), [44_100, 48_000, 88_200, 96_000]);

    /// <summary>Nominal A-weightings and the limits of class 1 (IEC 61672-1, tables 2 and 3).</summary>
    public static TheoryData<double, double, double, double> NominalA => new()
    {
        { 20, -50.5, 2.5, 2.5 },
        { 31.5, -39.4, 2, 2 },
        { 63, -26.2, 1.5, 1.5 },
        { 125, -16.1, 1.5, 1.5 },
        { 250, -8.6, 1.4, 1.4 },
        { 500, -3.2, 1.4, 1.4 },
        { 1000, 0, 1.1, 1.1 },
        { 2000, 1.2, 1.6, 1.6 },
        { 4000, 1.0, 1.6, 1.6 },
        { 6300, -0.1, 2.1, 2.6 },
        { 8000, -1.1, 2.1, 3.1 },
        { 10_000, -2.5, 2.6, 3.6 },
        { 12_500, -4.3, 3, 6 },
        { 16_000, -6.6, 3.5, 17 },
    };

    [Theory]
    [MemberData(nameof(AllDesigns))]
    public void Design_DenseGrid_KeepsWithinATwentiethOfADecibel(FrequencyWeighting weighting, int sampleRate)
    {
        var cascade = WeightingFilter.Design(weighting, sampleRate);

        for (var hertz = 25.0; hertz <= 20_000; hertz *= 1.001)
        {
            var error = Decibels(BiquadSection.PowerAt(cascade, Math.Tau * hertz / sampleRate) / WeightingCurve.PowerAt(weighting, hertz));
            Assert.True(Math.Abs(error) <= 0.05, $"{weighting} at {sampleRate} Hz is {error:F3} dB off at {hertz:F1} Hz");
        }
    }

    [Theory]
    [MemberData(nameof(NominalA))]
    public void Design_NominalFrequencies_KeepsTheLimitsOfClass1(double hertz, double nominal, double above, double below)
    {
        foreach (var sampleRate in (int[])[44_100, 48_000, 96_000])
        {
            var level = Decibels(BiquadSection.PowerAt(WeightingFilter.Design(FrequencyWeighting.A, sampleRate), Math.Tau * hertz / sampleRate));
            Assert.InRange(level, nominal - below, nominal + above);
        }
    }

    [Fact]
    public void Curve_OfA_RoundsToTheTableOfTheStandard() =>
        Assert.All(NominalA, row => Assert.Equal(row.Data.Item2, Decibels(WeightingCurve.PowerAt(FrequencyWeighting.A, Exact(row.Data.Item1))), 0.051));

    [Theory]
    [InlineData(31.5, -3.0)]
    [InlineData(63, -0.8)]
    [InlineData(1000, 0)]
    [InlineData(4000, -0.8)]
    [InlineData(8000, -3.0)]
    [InlineData(16_000, -8.5)]
    public void Curve_OfC_RoundsToTheTableOfTheStandard(double hertz, double nominal) =>
        Assert.Equal(nominal, Decibels(WeightingCurve.PowerAt(FrequencyWeighting.C, Exact(hertz))), 0.051);

    [Theory]
    [MemberData(nameof(AllDesigns))]
    public void Design_EverySection_IsStableAndOffsetsAreRemoved(FrequencyWeighting weighting, int sampleRate)
    {
        var cascade = WeightingFilter.Design(weighting, sampleRate);

        Assert.All(cascade, section => Assert.True(section.IsStable, section.ToString()));
        Assert.Equal(0, BiquadSection.PowerAt(cascade, 0), 1e-20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-48_000)]
    [InlineData(8000)]
    [InlineData(16_000)]
    [InlineData(192_000)]
    public void ThrowIfUnsupported_OtherRate_NamesTheRateAndTheSupportedOnes(int sampleRate)
    {
        var exception = Assert.Throws<ArgumentException>(() => WeightingFilter.ThrowIfUnsupported(sampleRate));

        Assert.Contains($"{sampleRate} Hz", exception.Message, StringComparison.Ordinal);
        Assert.Contains("48000", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The frequency of the base ten system that a nominal one stands for.</summary>
    private static double Exact(double hertz) => Math.Pow(10, Math.Round(10 * Math.Log10(hertz)) / 10);

    private static double Decibels(double power) => 10 * Math.Log10(power);
}
