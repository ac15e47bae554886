namespace ElectricBrain.Sensors.Display.Drawing;

/// <summary>A rectangle of whole pixels.</summary>
/// <param name="X">The leftmost column.</param>
/// <param name="Y">The uppermost row.</param>
/// <param name="Width">Columns; nothing is in an area of none.</param>
/// <param name="Height">Rows; nothing is in an area of none.</param>
public readonly record struct PixelArea(int X, int Y, int Width, int Height)
{
    /// <summary>The column behind the last one.</summary>
    public int Right => X + Width;

    /// <summary>The row below the last one.</summary>
    public int Bottom => Y + Height;

    /// <summary>Whether there is no pixel in it.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The pixels that are in both areas; the default area where there are none.</summary>
    public PixelArea Intersect(PixelArea other)
    {
        var (x, width) = Overlap(X, Width, other.X, other.Width);
        var (y, height) = Overlap(Y, Height, other.Y, other.Height);
        return width > 0 && height > 0 ? new PixelArea(x, y, width, height) : default;
    }

    /// <summary>The area without a border of so many pixels.</summary>
    public PixelArea Inset(int pixels) => new(X + pixels, Y + pixels, Width - 2 * pixels, Height - 2 * pixels);

    private static (int Start, int Length) Overlap(int start, int length, int otherStart, int otherLength)
    {
        // A caller's area may reach beyond the numbers that columns are counted with.
        var from = Math.Max(start, otherStart);
        var to = Math.Min((long)start + length, (long)otherStart + otherLength);
        return (from, (int)Math.Clamp(to - from, 0, int.MaxValue));
    }
}
