using System.Numerics;

namespace ElectricBrain.Sensors.Display.Drawing;

/// <summary>
/// How much of each pixel strokes cover, 0 to 255. Strokes that meet or cross cover a pixel once, so that a polyline has no
/// darker joints. A position is in pixels; whole numbers are the centres.
/// </summary>
internal sealed class CoverageMask
{
    private const float HalfPixel = 0.5f;

    private readonly byte[] _coverage;
    private int _top;
    private int _bottom;

    public CoverageMask(int width, int height)
    {
        (Width, Height, _top) = (width, height, height);
        _coverage = new byte[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The rows that may hold something: from the first to before the second.</summary>
    public (int Top, int Bottom) Touched => (_top, Math.Max(_top, _bottom));

    /// <summary>The coverage of a row, to be read.</summary>
    public ReadOnlySpan<byte> Row(int y) => _coverage.AsSpan(y * Width, Width);

    /// <summary>The coverage of a row, to be written.</summary>
    public Span<byte> Touch(int y)
    {
        _top = Math.Min(_top, y);
        _bottom = Math.Max(_bottom, y + 1);
        return _coverage.AsSpan(y * Width, Width);
    }

    /// <summary>Empties the mask.</summary>
    public void Clear()
    {
        if (_bottom > _top)
        {
            _coverage.AsSpan(_top * Width, (_bottom - _top) * Width).Clear();
        }

        (_top, _bottom) = (Height, 0);
    }

    /// <summary>Adds a straight stroke with round ends.</summary>
    public void AddStroke(Vector2 from, Vector2 to, float thickness)
    {
        var half = thickness / 2;
        var reach = half + HalfPixel;
        var least = Vector2.Min(from, to) - new Vector2(reach);
        var most = Vector2.Max(from, to) + new Vector2(reach);
        if (!(most.X >= 0 && most.Y >= 0 && least.X <= Width - 1 && least.Y <= Height - 1))
        {
            return; // Outside, or not a number.
        }

        var length = Vector2.Distance(from, to);
        var direction = length > 0 ? (to - from) / length : Vector2.UnitX;
        var (top, bottom) = Pixels(least.Y, most.Y, Height);
        for (var y = top; y <= bottom; y++)
        {
            var (left, right) = Columns(from, direction, y, reach, least.X, most.X);
            var row = Touch(y);
            for (var x = left; x <= right; x++)
            {
                var offset = new Vector2(x, y) - from;
                var along = Math.Clamp(Vector2.Dot(offset, direction), 0, length);
                var distance = (offset - direction * along).Length();

                // What the stroke covers of a pixel that lies across it.
                var share = MathF.Min(HalfPixel, distance + half) - MathF.Max(-HalfPixel, distance - half);
                if (share > 0)
                {
                    row[x] = Math.Max(row[x], (byte)(share * Blending.Full + HalfPixel));
                }
            }
        }
    }

    /// <summary>The columns of a row that the endless stroke can reach, within the stroke's box.</summary>
    private (int First, int Last) Columns(Vector2 from, Vector2 direction, int y, float reach, float least, float most)
    {
        var slope = MathF.Abs(direction.Y);
        if (slope > 1e-3f)
        {
            var middle = from.X + (y - from.Y) * direction.X / direction.Y;
            least = MathF.Max(least, middle - reach / slope);
            most = MathF.Min(most, middle + reach / slope);
        }

        return Pixels(least, most, Width);
    }

    private static (int First, int Last) Pixels(float least, float most, int count) =>
        ((int)MathF.Ceiling(MathF.Max(0, least)), (int)MathF.Floor(MathF.Min(count - 1, most)));
}
