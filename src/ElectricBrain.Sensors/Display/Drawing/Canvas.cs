using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Drawing;

/// <summary>
/// Draws into a picture, within a clip. Positions are in pixels from the upper left; those of lines may lie between pixels, whole
/// numbers being the centres. Drawing allocates nothing. Not thread-safe.
/// </summary>
public sealed class Canvas
{
    private readonly FrameBuffer _frame;
    private readonly CoverageMask _mask;

    /// <summary>A canvas over a picture.</summary>
    public Canvas(FrameBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frame = frame;
        _mask = new CoverageMask(frame.Width, frame.Height);
        Clip = Bounds;
    }

    /// <summary>The picture.</summary>
    public FrameBuffer Frame => _frame;

    /// <summary>The whole picture.</summary>
    public PixelArea Bounds => new(0, 0, _frame.Width, _frame.Height);

    /// <summary>The only pixels that are drawn.</summary>
    /// <value>Default <see cref="Bounds"/>; what reaches beyond them is cut off.</value>
    public PixelArea Clip
    {
        get;
        set => field = value.Intersect(Bounds);
    }

    /// <summary>Fills an area with a colour.</summary>
    public void Fill(PixelArea area, Rgb565 colour)
    {
        var visible = area.Intersect(Clip);
        var value = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(colour.Value) : colour.Value;
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            MemoryMarshal.Cast<byte, ushort>(_frame.RowSpan(y, 1)).Slice(visible.X, visible.Width).Fill(value);
        }
    }

    /// <summary>Draws the border of an area, one pixel thick, inside it.</summary>
    public void Outline(PixelArea area, Rgb565 colour)
    {
        if (area.IsEmpty)
        {
            return;
        }

        Fill(area with { Height = 1 }, colour);
        Fill(area with { Y = area.Bottom - 1, Height = 1 }, colour);
        Fill(area with { Width = 1 }, colour);
        Fill(area with { X = area.Right - 1, Width = 1 }, colour);
    }

    /// <summary>Draws a smooth line with round ends.</summary>
    /// <param name="from">Where it starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="thickness">Its thickness in pixels.</param>
    public void Line(Vector2 from, Vector2 to, Rgb565 colour, float thickness = 1) => Polyline([from, to], colour, thickness);

    /// <summary>Draws smooth lines from point to point.</summary>
    /// <param name="points">The points; one alone is a dot. Those that are not numbers leave a gap.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="thickness">The thickness in pixels.</param>
    public void Polyline(ReadOnlySpan<Vector2> points, Rgb565 colour, float thickness = 1)
    {
        for (var i = 0; i < points.Length; i++)
        {
            // A point between two gaps is a dot.
            var to = i + 1 < points.Length && IsNumber(points[i + 1]) ? points[i + 1] : points[i];
            if (to != points[i] || i == 0 || !IsNumber(points[i - 1]))
            {
                _mask.AddStroke(points[i], to, thickness);
            }
        }

        Lay(_mask, colour);
        _mask.Clear();
    }

    /// <summary>Writes one line of text. Characters that the font has not are boxes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">The column that it starts at, is centred on, or ends before.</param>
    /// <param name="baseline">The row that letters stand on, which is the lowest row of an "H".</param>
    /// <param name="font">The font.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="alignment">What <paramref name="x"/> means.</param>
    /// <returns>The column at which more text would go on.</returns>
    public int Write(ReadOnlySpan<char> text, int x, int baseline, Font font, Rgb565 colour, TextAlignment alignment = TextAlignment.Left)
    {
        ArgumentNullException.ThrowIfNull(font);
        x -= alignment switch
        {
            TextAlignment.Right => font.Measure(text) - font.Spacing,
            TextAlignment.Center => (font.Measure(text) - font.Spacing) / 2,
            _ => 0,
        };
        foreach (var character in text)
        {
            var glyph = font.Find(character);
            Draw(font, glyph, x, baseline, colour);
            x += glyph.Advance;
        }

        return x;
    }

    /// <summary>Lays a colour over the clip by a mask of the picture's size.</summary>
    internal void Lay(CoverageMask mask, Rgb565 colour)
    {
        var (top, bottom) = mask.Touched;
        var visible = new PixelArea(0, top, mask.Width, bottom - top).Intersect(Clip);
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            Blending.Lay(PixelsOf(y, visible.X, visible.Width), mask.Row(y).Slice(visible.X, visible.Width), colour);
        }
    }

    /// <summary>The mask of strokes; who adds to it lays it, and clears it.</summary>
    internal CoverageMask Mask => _mask;

    private void Draw(Font font, in Glyph glyph, int x, int baseline, Rgb565 colour)
    {
        x += glyph.Left;
        var top = baseline - glyph.Top;
        var visible = new PixelArea(x, top, glyph.Width, glyph.Height).Intersect(Clip);
        if (visible.IsEmpty)
        {
            return;
        }

        // The rows of a glyph end in empty pixels up to what is blended at once.
        var width = visible.Right < x + glyph.Width ? visible.Width : Math.Min(x + glyph.Stride, Clip.Right) - visible.X;
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            var coverage = font.Coverage.Slice(glyph.Offset + (y - top) * glyph.Stride + visible.X - x, width);
            Blending.Lay(PixelsOf(y, visible.X, width), coverage, colour);
        }
    }

    private Span<byte> PixelsOf(int y, int x, int count) => _frame.RowSpan(y, 1).Slice(x * sizeof(ushort), count * sizeof(ushort));

    private static bool IsNumber(Vector2 point) => float.IsFinite(point.X) && float.IsFinite(point.Y);
}
