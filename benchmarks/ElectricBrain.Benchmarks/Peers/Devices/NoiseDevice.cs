using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The microphone: tones of known level.</summary>
internal sealed class NoiseDevice() : PeerDevice("enviroplus.noise", "the level of a second of sound")
{
    private const int SampleRate = 48_000;

    /// <summary>The level of a signal whose root mean square is full scale, from the microphone's datasheet.</summary>
    private const double FullScaleDecibels = 123.01;
    private const string NoUnit = "a mean of FFT magnitudes without a unit, ten times as much for 20 dB; ours is LAeq in dB re 20 µPa";

    public override IReadOnlyList<PeerCase> Cases { get; } = [Tone(54), Tone(74), Tone(94)];

    private static PeerCase Tone(double decibels)
    {
        var amplitude = Math.Sqrt(2) * Math.Pow(10, (decibels - FullScaleDecibels) / 20);
        double[] samples = [.. Enumerable.Range(0, SampleRate).Select(n => amplitude * Math.Sin(2 * Math.PI * 1_000 * n / SampleRate))];
        return new PeerCase(
            $"a tone of 1 kHz and {decibels} dB",
            new { samples = Convert.ToBase64String(MemoryMarshal.AsBytes<double>(samples)) },
            [new("level", Math.Round(Level(samples), 1), NoUnit)]);
    }

    /// <summary>The tone for as long as the meter needs to settle and measure.</summary>
    private static double Level(double[] samples)
    {
        var meter = new SoundLevelMeter(SoundFormat.Enviro, new SoundLevelMeterOptions { OctaveBands = false });
        var frames = new byte[samples.Length * SoundFormat.Enviro.BytesPerFrame];
        for (var n = 0; n < samples.Length; n++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(frames.AsSpan(n * SoundFormat.Enviro.BytesPerFrame), (int)Math.Round(samples[n] * (1L << 31)));
        }

        for (var second = 0; second < 4; second++)
        {
            ReadOnlySpan<byte> left = frames;
            while (meter.TryMeasure(ref left, out var reading))
            {
                if (second > 1 && reading.Levels is { } levels)
                {
                    return levels.A.Equivalent;
                }
            }
        }

        throw new InvalidOperationException("The meter measured nothing.");
    }
}
