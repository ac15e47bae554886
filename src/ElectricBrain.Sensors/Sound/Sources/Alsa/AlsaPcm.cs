using System.Runtime.InteropServices;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sound.Sources.Alsa;

/// <summary>A capture through libasound.</summary>
internal sealed unsafe class AlsaPcm : IAlsaPcm
{
    private const uint LatencyMicroseconds = 500_000;

    // Constants of alsa-lib's pcm.h, the most precise first.
    private static readonly (SoundEncoding Encoding, int Format)[] Formats =
    [
        (SoundEncoding.S32, 10),
        (SoundEncoding.S24, 6),
        (SoundEncoding.S24Packed, 32),
        (SoundEncoding.S16, 2),
    ];

    private nint _pcm;

    private AlsaPcm(nint pcm, SoundEncoding encoding)
    {
        _pcm = pcm;
        Encoding = encoding;
    }

    public SoundEncoding Encoding { get; }

    /// <summary>Opens a device in the best format that it has, or has through ALSA's conversions.</summary>
    /// <exception cref="SensorException">libasound or the device is missing, or it cannot be used.</exception>
    public static IAlsaPcm Open(string device, int sampleRate, int channels)
    {
        try
        {
            using var silence = LibAsound.Silenced();
            return TryOpen(device, sampleRate, channels, out _) ?? OpenConverted(device, sampleRate, channels);
        }
        catch (DllNotFoundException exception)
        {
            throw new SensorException(
                SensorFault.BusMissing,
                "libasound.so.2 is not installed, which captures sound. Install it with 'apt-get install libasound2' (libasound2t64 on newer systems), or add it to the container's image.",
                innerException: exception);
        }
    }

    public int Read(Span<byte> buffer, int frames)
    {
        fixed (byte* start = buffer)
        {
            return (int)LibAsound.Read(_pcm, start, (nuint)frames);
        }
    }

    public int Recover(int error)
    {
        var result = LibAsound.Recover(_pcm, error, silent: 1);
        // A capture that was suspended may run again already.
        return result >= 0 && LibAsound.State(_pcm) == LibAsound.StatePrepared ? LibAsound.Start(_pcm) : result;
    }

    public string Describe(int error) => Text(error);

    public void Dispose()
    {
        if (_pcm != 0)
        {
            _ = LibAsound.Close(_pcm);
            _pcm = 0;
        }
    }

    private static AlsaPcm OpenConverted(string device, int sampleRate, int channels) =>
        TryOpen($"plug:'{device}'", sampleRate, channels, out var error)
        ?? throw new SensorException(
            SensorFault.InvalidData,
            $"ALSA's capture device {device} gives no sound of {channels} channels at {sampleRate} Hz ({Text(error)}). 'arecord -D {device} --dump-hw-params' shows what it has.");

    /// <summary>The capture, or null where the device has none of the formats.</summary>
    private static AlsaPcm? TryOpen(string device, int sampleRate, int channels, out int error)
    {
        error = LibAsound.Open(out var pcm, device, LibAsound.StreamCapture, LibAsound.NonBlocking);
        if (error < 0)
        {
            throw AlsaError.CannotOpen(device, error, Text(error));
        }

        foreach (var (encoding, format) in Formats)
        {
            error = LibAsound.SetParameters(pcm, format, LibAsound.AccessInterleaved, (uint)channels, (uint)sampleRate, resample: 1, LatencyMicroseconds);
            if (error == 0)
            {
                error = LibAsound.Start(pcm);
            }

            if (error >= 0)
            {
                return new AlsaPcm(pcm, encoding);
            }
        }

        _ = LibAsound.Close(pcm);
        return null;
    }

    private static string Text(int error) => Marshal.PtrToStringUTF8(LibAsound.ErrorText(error)) ?? $"error {error}";
}
