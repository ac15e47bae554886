using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElectricBrain.Sensors.Display.Drawing;

/// <summary>
/// How much of each pixel strokes cover, 0 to 255. Strokes that meet or cross cover a pixel once, so that a polyline has no
/// darker joints. A position is in pixels; whole numbers are the centres.
/// </summary>
internal sealed class CoverageMask
{
    private const float HalfPixel = 0.5f;
    private const int Lanes = 4;

    private static readonly Vector128<float> LaneOffsets = Vector128.Create(0f, 1, 2, 3);

    private readonly byte[] _coverage;
    private readonly int _stride;
    private int _top;
    private int _bottom;

    public CoverageMask(int width, int height)
    {
        (Width, Height, _top) = (width, height, height);
        _stride = Math.Max(width, Lanes);
        _coverage = new byte[_stride * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The rows that may hold something: from the first to before the second.</summary>
    public (int Top, int Bottom) Touched => (_top, Math.Max(_top, _bottom));

    /// <summary>The coverage of a row, to be read.</summary>
    public ReadOnlySpan<byte> Row(int y) => _coverage.AsSpan(y * _stride, Width);

    /// <summary>The coverage of a row, to be written.</summary>
    public Span<byte> Touch(int y)
    {
        _top = Math.Min(_top, y);
        _bottom = Math.Max(_bottom, y + 1);
        return _coverage.AsSpan(y * _stride, Width);
    }

    /// <summary>Empties the mask.</summary>
    public void Clear()
    {
        if (_bottom > _top)
        {
            _coverage.AsSpan(_top * _stride, (_bottom - _top) * _stride).Clear();
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
        (_top, _bottom) = (Math.Min(_top, top), Math.Max(_bottom, bottom + 1));
        for (var y = top; y <= bottom; y++)
        {
            var (left, right) = Columns(from, direction, y, reach, least.X, most.X);
            var row = _coverage.AsSpan(y * _stride, _stride);
            for (var x = left; x <= right; x += Lanes)
            {
                // What lies beside the stroke gets nothing, and twice is as good as once.
                var start = Math.Min(x, _stride - Lanes);
                var offsetX = LaneOffsets + Vector128.Create(start - from.X);
                Cover(row.Slice(start, Lanes), offsetX, y - from.Y, direction, length, half);
            }
        }
    }

    /// <summary>Adds what the stroke covers of some pixels of a row.</summary>
    private static void Cover(Span<byte> pixels, Vector128<float> offsetX, float offsetY, Vector2 direction, float length, float half)
    {
        var along = offsetX * direction.X + Vector128.Create(offsetY * direction.Y);
        along = Vector128.Min(Vector128.Max(along, Vector128<float>.Zero), Vector128.Create(length));
        var acrossX = offsetX - along * direction.X;
        var acrossY = Vector128.Create(offsetY) - along * direction.Y;
        var distance = Vector128.Sqrt(acrossX * acrossX + acrossY * acrossY);

        // What of a pixel that lies across the stroke is within it.
        var share = Vector128.Min(Vector128.Create(HalfPixel), distance + Vector128.Create(half)) - Vector128.Max(Vector128.Create(-HalfPixel), distance - Vector128.Create(half));
        var levels = Vector128.ConvertToInt32(Vector128.Max(share, Vector128<float>.Zero) * Blending.Full + Vector128.Create(HalfPixel));
        var words = Vector128.Narrow(levels, levels);
        var bytes = Vector128.Narrow(words, words).AsByte();
        var covered = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<uint>(pixels)).AsByte();
        MemoryMarshal.Write(pixels, Vector128.Max(bytes, covered).AsUInt32().ToScalar());
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
