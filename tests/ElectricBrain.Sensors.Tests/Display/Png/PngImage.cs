using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ElectricBrain.Sensors.Tests.Display.Png;

/// <summary>
/// A PNG file read from its definition (ISO/IEC 15948), apart from the encoder: signature, chunks with their checksums, filters.
/// Only what the encoder writes: 8-bit RGB, not interlaced.
/// </summary>
internal sealed class PngImage
{
    private PngImage(int width, int height, byte[] rgb) => (Width, Height, Rgb) = (width, height, rgb);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Three bytes a pixel, row after row.</summary>
    public byte[] Rgb { get; }

    public (byte Red, byte Green, byte Blue) this[int x, int y] => (Rgb[3 * (y * Width + x)], Rgb[3 * (y * Width + x) + 1], Rgb[3 * (y * Width + x) + 2]);

    public static PngImage Read(byte[] file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file.AsSpan(0, 8)));
        var (header, data, names) = (Array.Empty<byte>(), new MemoryStream(), new List<string>());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var typeAndData = file.AsSpan(at + 4, 4 + length);
            Assert.Equal(Checksum(typeAndData), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            names.Add(Encoding.ASCII.GetString(typeAndData[..4]));
            if (names[^1] == "IHDR")
            {
                header = typeAndData[4..].ToArray();
            }
            else if (names[^1] == "IDAT")
            {
                data.Write(typeAndData[4..]);
            }

            at += 12 + length;
        }

        Assert.Equal("IHDR", names[0]);
        Assert.Equal("IEND", names[^1]);
        Assert.Equal("0802000000", Convert.ToHexString(header.AsSpan(8)));
        return Unfilter(BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)), data.ToArray());
    }

    private static PngImage Unfilter(int width, int height, byte[] compressed)
    {
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        var lines = inflated.ToArray();
        var stride = 3 * width;
        Assert.Equal((1 + stride) * height, lines.Length);
        var rgb = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines[y * (1 + stride)];
            Assert.True(filter is 0 or 2, $"Row {y} has filter {filter}.");
            for (var i = 0; i < stride; i++)
            {
                var above = filter == 2 && y > 0 ? rgb[(y - 1) * stride + i] : 0;
                rgb[y * stride + i] = (byte)(lines[y * (1 + stride) + 1 + i] + above);
            }
        }

        return new PngImage(width, height, rgb);
    }

    /// <summary>The division by the polynomial bit for bit, as annex D defines it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
            }
        }

        return ~crc;
    }
}
