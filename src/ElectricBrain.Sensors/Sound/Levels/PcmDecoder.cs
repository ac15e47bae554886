using System.Runtime.InteropServices;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>Takes one channel out of interleaved samples, as numbers between -1 and 1.</summary>
internal static class PcmDecoder
{
    private const double Scale16 = 1.0 / (1 << 15);
    private const double Scale32 = 1.0 / (1L << 31);

    /// <summary>Decodes as many frames as <paramref name="samples"/> has room for.</summary>
    public static void Decode(ReadOnlySpan<byte> frames, SoundFormat format, int channel, Span<double> samples)
    {
        frames = frames[..(samples.Length * format.BytesPerFrame)];
        switch (format.Encoding)
        {
            case SoundEncoding.S16:
                Decode16(MemoryMarshal.Cast<byte, short>(frames), format.Channels, channel, samples);
                break;
            case SoundEncoding.S32:
                Decode32(MemoryMarshal.Cast<byte, int>(frames), format.Channels, channel, shift: 0, samples);
                break;
            case SoundEncoding.S24:
                Decode32(MemoryMarshal.Cast<byte, int>(frames), format.Channels, channel, shift: 8, samples);
                break;
            default:
                DecodePacked(frames, format.BytesPerFrame, channel * format.BytesPerSample, samples);
                break;
        }
    }

    private static void Decode16(ReadOnlySpan<short> frames, int channels, int channel, Span<double> samples)
    {
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = frames[n * channels + channel] * Scale16;
        }
    }

    private static void Decode32(ReadOnlySpan<int> frames, int channels, int channel, int shift, Span<double> samples)
    {
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = (frames[n * channels + channel] << shift) * Scale32;
        }
    }

    private static void DecodePacked(ReadOnlySpan<byte> frames, int stride, int offset, Span<double> samples)
    {
        for (var n = 0; n < samples.Length; n++)
        {
            var bytes = frames.Slice(n * stride + offset, 3);
            samples[n] = (bytes[0] << 8 | bytes[1] << 16 | bytes[2] << 24) * Scale32;
        }
    }
}
