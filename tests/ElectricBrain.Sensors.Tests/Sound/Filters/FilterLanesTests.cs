using System.Numerics;
using CsCheck;
using ElectricBrain.Sensors.Sound.Filters;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Tests.Sound.Filters;

public sealed class FilterLanesTests
{
    private const int SampleRate = 48_000;

    private static readonly BiquadSection[][] Cascades =
    [
        WeightingFilter.Design(FrequencyWeighting.A, SampleRate),
        Butterworth.BandPass(22.4, 44.7, SampleRate),
    ];

    private static readonly Gen<double[]> Signal = Gen.Double[-1, 1].Array[1, 400];

    [Theory]
    [InlineData(20)]
    [InlineData(31.5)]
    [InlineData(1000)]
    [InlineData(12_500)]
    public void Process_Sine_HasTheGainOfTheResponse(double hertz)
    {
        var signal = new double[3 * SampleRate];
        for (var n = 0; n < signal.Length; n++)
        {
            signal[n] = Math.Sin(Math.Tau * hertz * n / SampleRate);
        }

        var output = Process(signal);

        for (var lane = 0; lane < Cascades.Length; lane++)
        {
            var power = 0.0;
            for (var n = signal.Length - 2 * SampleRate; n < signal.Length; n++)
            {
                power += output[n][lane] * output[n][lane] / SampleRate;
            }

            var expected = BiquadSection.PowerAt(Cascades[lane], Math.Tau * hertz / SampleRate);
            Assert.Equal(expected, power, 1e-6 * expected + 1e-12);
        }
    }

    [Fact]
    public void Process_AnySplit_GivesTheSameSamples() =>
        Gen.Select(Signal, Gen.Int[0, 400]).Sample((signal, split) =>
        {
            split = Math.Min(split, signal.Length);
            var lanes = new FilterLanes(Cascades);
            var output = new Vector<double>[signal.Length];
            lanes.Process(signal.AsSpan(0, split), output);
            lanes.Process(signal.AsSpan(split), output.AsSpan(split));

            Assert.Equal(Process(signal), output);
        });

    [Fact]
    public void Process_AnyGain_ScalesTheOutput() =>
        Gen.Select(Signal, Gen.Double[0.001, 1000]).Sample((signal, gain) =>
        {
            var plain = Process(signal);
            var scaled = Process([.. signal.Select(sample => gain * sample)]);

            for (var n = 0; n < signal.Length; n++)
            {
                Assert.Equal(gain * plain[n][0], scaled[n][0], 1e-9 * gain);
            }
        });

    [Fact]
    public void Process_BoundedInput_DiesAwayAfterIt() =>
        Signal.Sample(signal =>
        {
            var output = Process([.. signal, .. new double[2 * SampleRate]]);

            Assert.All(output, vector => Assert.InRange(vector[0], -100, 100));
            Assert.InRange(output[^1][0], -1e-9, 1e-9);
            Assert.InRange(output[^1][1], -1e-9, 1e-9);
        }, iter: 10);

    [Fact]
    public void Reset_AfterSound_GivesWhatNewFiltersGive()
    {
        var lanes = new FilterLanes(Cascades);
        double[] signal = [1, 0.5, -0.25];
        var output = new Vector<double>[signal.Length];
        lanes.Process(signal, output);
        lanes.Reset();
        lanes.Process(signal, output);

        Assert.Equal(Process(signal), output);
    }

    private static Vector<double>[] Process(double[] signal)
    {
        var output = new Vector<double>[signal.Length];
        new FilterLanes(Cascades).Process(signal, output);
        return output;
    }
}
