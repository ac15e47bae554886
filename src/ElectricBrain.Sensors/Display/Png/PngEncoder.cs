using System.Buffers.Binary;
using System.IO.Compression;

namespace ElectricBrain.Sensors.Display.Png;

/// <summary>Writes a picture as PNG (ISO/IEC 15948): 8 bits of red, green and blue, not interlaced.</summary>
public static class PngEncoder
{
    private const int MaximumScale = 64;
    private const int ChannelCount = 3;
    private const byte TrueColour = 2;
    private const byte FilterUp = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="scale">Each pixel becomes a square of so many by so many, 1 to 64.</param>
    public static byte[] Encode(FrameBuffer frame, int scale = 1)
    {
        using var stream = new MemoryStream();
        Write(stream, frame, scale);
        return stream.ToArray();
    }

    /// <summary>Writes the picture as a PNG file.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="frame">The picture.</param>
    /// <param name="scale">Each pixel becomes a square of so many by so many, 1 to 64.</param>
    public static void Write(Stream stream, FrameBuffer frame, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaximumScale);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, frame.Width * scale);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], frame.Height * scale);
        (header[8], header[9]) = (8, TrueColour);

        stream.Write(Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(frame, scale));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Compress(FrameBuffer frame, int scale)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // As differences from the row above: what repeats becomes zeros.
            var row = new byte[frame.Width * scale * ChannelCount];
            var above = new byte[row.Length];
            var line = new byte[1 + row.Length];
            line[0] = FilterUp;
            for (var y = 0; y < frame.Height * scale; y++)
            {
                if (y % scale == 0)
                {
                    Expand(frame, y / scale, scale, row);
                }

                for (var i = 0; i < row.Length; i++)
                {
                    line[1 + i] = (byte)(row[i] - above[i]);
                }

                zlib.Write(line);
                row.CopyTo(above, 0);
            }
        }

        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void Expand(FrameBuffer frame, int y, int scale, Span<byte> row)
    {
        var at = 0;
        for (var x = 0; x < frame.Width; x++)
        {
            var colour = frame[x, y];
            for (var i = 0; i < scale; i++)
            {
                (row[at], row[at + 1], row[at + 2]) = (colour.Red, colour.Green, colour.Blue);
                at += ChannelCount;
            }
        }
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        stream.Write(number);
    }
}
