using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElectricBrain.Sensors.Display.Drawing;

/// <summary>
/// Lays a colour over pixels by coverage, 0 for none to 255 for all of a pixel. Each component is rounded to the nearest value:
/// 0 leaves a pixel as it is, 255 makes it the colour.
/// </summary>
internal static class Blending
{
    public const byte Full = 255;

    /// <summary>How many pixels are laid at once.</summary>
    public const int Lanes = 8;

    private const int PixelLength = sizeof(ushort);
    private static readonly Vector128<byte> SwappedPairs = Vector128.Create((byte)1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);

    public static Rgb565 Mix(Rgb565 below, Rgb565 colour, byte coverage)
    {
        int back = below.Value, fore = colour.Value;
        var red = Weigh(back >> 11, fore >> 11, coverage);
        var green = Weigh(back >> 5 & 0x3F, fore >> 5 & 0x3F, coverage);
        var blue = Weigh(back & 0x1F, fore & 0x1F, coverage);
        return new Rgb565((ushort)(red << 11 | green << 5 | blue));
    }

    /// <summary>Lays the colour over consecutive pixels.</summary>
    /// <param name="pixels">The pixels, two bytes each, the high one first.</param>
    /// <param name="coverage">The coverage of each pixel.</param>
    /// <param name="colour">The colour.</param>
    public static void Lay(Span<byte> pixels, ReadOnlySpan<byte> coverage, Rgb565 colour)
    {
        var index = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var red = Vector128.Create((ushort)(colour.Value >> 11));
            var green = Vector128.Create((ushort)(colour.Value >> 5 & 0x3F));
            var blue = Vector128.Create((ushort)(colour.Value & 0x1F));
            for (; index <= coverage.Length - Lanes; index += Lanes)
            {
                var eight = MemoryMarshal.Read<ulong>(coverage[index..]);
                if (eight != 0)
                {
                    var target = pixels.Slice(index * PixelLength, Vector128<byte>.Count);
                    Lay(target, Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte()), red, green, blue);
                }
            }
        }

        for (; index < coverage.Length; index++)
        {
            var pixel = pixels.Slice(index * PixelLength, PixelLength);
            BinaryPrimitives.WriteUInt16BigEndian(pixel, Mix(new Rgb565(BinaryPrimitives.ReadUInt16BigEndian(pixel)), colour, coverage[index]).Value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lay(Span<byte> pixels, Vector128<ushort> coverage, Vector128<ushort> red, Vector128<ushort> green, Vector128<ushort> blue)
    {
        var back = Swap(Vector128.Create<byte>(pixels)).AsUInt16();
        var rest = Vector128.Create((ushort)Full) - coverage;
        var mixed = (Weigh(back >>> 11, red, coverage, rest) << 11)
            | (Weigh((back >>> 5) & Vector128.Create((ushort)0x3F), green, coverage, rest) << 5)
            | Weigh(back & Vector128.Create((ushort)0x1F), blue, coverage, rest);
        Swap(mixed.AsByte()).CopyTo(pixels);
    }

    private static Vector128<byte> Swap(Vector128<byte> pixels) => BitConverter.IsLittleEndian ? Vector128.Shuffle(pixels, SwappedPairs) : pixels;

    /// <summary>The weighted mean, rounded: for a sum below 65,536, (s + (s >> 8)) >> 8 of s + 128 is the division by 255.</summary>
    private static int Weigh(int back, int fore, int coverage)
    {
        var sum = fore * coverage + back * (Full - coverage) + 128;
        return (sum + (sum >> 8)) >> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Weigh(Vector128<ushort> back, Vector128<ushort> fore, Vector128<ushort> coverage, Vector128<ushort> rest)
    {
        var sum = fore * coverage + back * rest + Vector128.Create((ushort)128);
        return (sum + (sum >>> 8)) >>> 8;
    }
}
