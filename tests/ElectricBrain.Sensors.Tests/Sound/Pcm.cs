using System.Buffers.Binary;
using ElectricBrain.Sensors.Sound;

namespace ElectricBrain.Sensors.Tests.Sound;

/// <summary>Makes samples. The channel that is not asked for holds something else, so that taking the wrong one shows.</summary>
internal static class Pcm
{
    /// <summary>The peak of 1 Pa with a microphone of -26 dBFS at 94 dB, where full scale is a sine of 120 dB.</summary>
    public static readonly double OnePascal = 1 / (20e-6 * Math.Pow(10, 120.0 / 20) * Math.Sqrt(2));

    public static double[] Sine(double amplitude, double hertz, int sampleRate, double seconds) =>
        Samples(sampleRate, seconds, time => amplitude * Math.Sin(Math.Tau * hertz * time + 0.1));

    public static double[] Samples(int sampleRate, double seconds, Func<double, double> signal)
    {
        var samples = new double[(int)Math.Round(seconds * sampleRate)];
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = signal(n / (double)sampleRate);
        }

        return samples;
    }

    public static byte[] Encode(double[] samples, SoundFormat format, int channel = 0)
    {
        var bytes = new byte[samples.Length * format.BytesPerFrame];
        for (var n = 0; n < samples.Length; n++)
        {
            for (var c = 0; c < format.Channels; c++)
            {
                var value = c == channel ? samples[n] : -0.5 * samples[n];
                Write(bytes.AsSpan(n * format.BytesPerFrame + c * format.BytesPerSample), format.Encoding, value);
            }
        }

        return bytes;
    }

    private static void Write(Span<byte> bytes, SoundEncoding encoding, double value)
    {
        var full = (int)Math.Clamp(Math.Round(value * (1L << 31)), int.MinValue, int.MaxValue);
        switch (encoding)
        {
            case SoundEncoding.S16:
                BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)Math.Clamp(Math.Round(value * (1 << 15)), short.MinValue, short.MaxValue));
                break;
            case SoundEncoding.S24:
                // The upper byte is not part of the sample.
                BinaryPrimitives.WriteInt32LittleEndian(bytes, full >> 8 & 0xFFFFFF | 0x5A << 24);
                break;
            case SoundEncoding.S24Packed:
                bytes[0] = (byte)(full >> 8);
                bytes[1] = (byte)(full >> 16);
                bytes[2] = (byte)(full >> 24);
                break;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, full);
                break;
        }
    }
}
