using System.Buffers.Binary;
using System.Numerics;
using BenchmarkDotNet.Attributes;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Filters;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What one second of sound at 48 kHz costs: a mean of 1 ms is a thousand times real time.</summary>
[MemoryDiagnoser]
public class SoundLevelBenchmarks
{
    private const int SampleRate = 48_000;

    private readonly byte[] _frames = new byte[SampleRate * SoundFormat.Enviro.BytesPerFrame];
    private readonly double[] _samples = new double[SampleRate];
    private readonly Vector<double>[] _weighted = new Vector<double>[SampleRate];
    private readonly FilterLanes _weightingA = new([WeightingFilter.Design(FrequencyWeighting.A, SampleRate)]);
    private readonly SoundLevelMeter _meter = new(SoundFormat.Enviro, new SoundLevelMeterOptions { OctaveBands = false });
    private readonly SoundLevelMeter _meterWithOctaves = new(SoundFormat.Enviro);

    public SoundLevelBenchmarks()
    {
        var random = new Random(1);
        for (var n = 0; n < SampleRate; n++)
        {
            _samples[n] = 0.1 * (random.NextDouble() - 0.5);
            BinaryPrimitives.WriteInt32LittleEndian(_frames.AsSpan(n * SoundFormat.Enviro.BytesPerFrame), (int)(_samples[n] * (1L << 31)));
        }
    }

    [Benchmark(Description = "A-weighted Leq, 1 s of samples")]
    public double EquivalentA()
    {
        _weightingA.Process(_samples, _weighted);
        var sum = Vector<double>.Zero;
        foreach (var sample in _weighted)
        {
            sum = Vector.MultiplyAddEstimate(sample, sample, sum);
        }

        return 10 * Math.Log10(sum[0] / SampleRate);
    }

    [Benchmark(Description = "meter: A, C, Z with F, S, I, Leq, percentiles, 1 s of frames")]
    public bool Meter() => Measure(_meter);

    [Benchmark(Description = "meter with ten octave bands, 1 s of frames")]
    public bool MeterWithOctaves() => Measure(_meterWithOctaves);

    private bool Measure(SoundLevelMeter meter)
    {
        ReadOnlySpan<byte> frames = _frames;
        var complete = false;
        while (meter.TryMeasure(ref frames, out _))
        {
            complete = true;
        }

        return complete;
    }
}
