using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Display;

/// <summary>A picture as the bytes that a panel takes: row after row, each pixel as RGB565 with the high byte first.</summary>
public sealed class FrameBuffer
{
    private const int PixelLength = sizeof(ushort);

    private readonly byte[] _bytes;

    /// <summary>Creates a black picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public FrameBuffer(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        _bytes = new byte[width * height * PixelLength];
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The picture as it is sent.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The pixel at a column and a row, counted from the upper left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the picture.</exception>
    public Rgb565 this[int x, int y]
    {
        get => new(BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(Offset(x, y))));
        set => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(Offset(x, y)), value.Value);
    }

    /// <summary>The bytes of one row, to be drawn into.</summary>
    public Span<byte> Row(int y) => RowSpan(y, 1);

    /// <summary>Fills the picture with a colour.</summary>
    public void Fill(Rgb565 colour)
    {
        var first = Row(0);
        for (var offset = 0; offset < first.Length; offset += PixelLength)
        {
            BinaryPrimitives.WriteUInt16BigEndian(first[offset..], colour.Value);
        }

        for (var y = 1; y < Height; y++)
        {
            first.CopyTo(Row(y));
        }
    }

    /// <summary>Makes this picture the same as another of its size.</summary>
    public void CopyFrom(FrameBuffer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ThrowIfOtherSize(other);
        other._bytes.CopyTo(_bytes, 0);
    }

    /// <summary>Finds the next rows that differ from another picture.</summary>
    /// <param name="other">A picture of the same size.</param>
    /// <param name="start">Where to look from; the first row that differs.</param>
    /// <param name="count">How many rows differ from there on without a gap.</param>
    /// <returns>Whether there are any.</returns>
    internal bool TryFindChange(FrameBuffer other, ref int start, out int count)
    {
        ThrowIfOtherSize(other);
        while (start < Height && IsSameRow(other, start))
        {
            start++;
        }

        var end = start;
        while (end < Height && !IsSameRow(other, end))
        {
            end++;
        }

        count = end - start;
        return count > 0;
    }

    /// <summary>The bytes of consecutive rows.</summary>
    internal Span<byte> RowSpan(int start, int count) => _bytes.AsSpan(start * Width * PixelLength, count * Width * PixelLength);

    internal void ThrowIfOtherSize(FrameBuffer other)
    {
        if (other.Width != Width || other.Height != Height)
        {
            throw new ArgumentException($"A picture of {other.Width} x {other.Height} pixels does not fit one of {Width} x {Height}.", nameof(other));
        }
    }

    private bool IsSameRow(FrameBuffer other, int y) => RowSpan(y, 1).SequenceEqual(other.RowSpan(y, 1));

    private int Offset(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return (y * Width + x) * PixelLength;
    }
}
