using System.Numerics;
using ElectricBrain.Sensors.Display.Drawing;

namespace ElectricBrain.Sensors.Display.Text;

/// <summary>Draws the characters of the alphabet in the measures of one font.</summary>
internal sealed class GlyphRasterizer
{
    /// <summary>
    /// How far the control points of a quarter are on the way to its corner. A little beyond a circle's 0.552, since pixels round
    /// off by themselves.
    /// </summary>
    private const float Roundness = 0.6f;

    private const int CurveSteps = 8;

    /// <summary>A dot is a little thicker than the pen, where there are pixels for that.</summary>
    private const float DotSize = 1.25f;

    private readonly FontDesign _design;
    private readonly CoverageMask _mask;
    private readonly Vector2 _origin;
    private GlyphGrid _columns = new();
    private GlyphGrid _rows = new();
    private float _pen;

    public GlyphRasterizer(FontDesign design)
    {
        _design = design;
        var margin = design.Pen + 1;
        var above = design.CapHeight + (int)(design.CapHeight / 3f);
        var below = design.Descent + margin;
        _origin = new Vector2(margin, above);
        _mask = new CoverageMask((int)(design.Unit * Alphabet.WidestCharacter) + 4 * margin, above + below + 1);
    }

    /// <summary>Draws a character and adds the rows of its coverage to those of others.</summary>
    public Glyph Draw(float width, string drawing, List<byte> coverage)
    {
        var strokes = PenStroke.Read(drawing);
        _mask.Clear();
        Fit(width, strokes);
        Move(strokes);
        var advance = (int)(_columns[width] + _design.Inset) + 1 + _design.Spacing;
        return Cut(coverage, advance);
    }

    /// <summary>Lets the straight strokes fall on whole pixels.</summary>
    private void Fit(float width, List<PenStroke> strokes)
    {
        var inset = _design.Inset;
        (_columns, _rows) = (new GlyphGrid(), new GlyphGrid());
        _columns.Pin(0, inset);
        _columns.Pin(Math.Max(1, width), MathF.Round(Math.Max(1, width) * _design.Unit, MidpointRounding.AwayFromZero) + inset);
        _rows.Pin(Alphabet.Descent, inset - _design.Descent);
        _rows.Pin(Alphabet.Baseline, inset);
        _rows.Pin(Alphabet.XHeight, _design.XHeight - 1 - inset);
        _rows.Pin(Alphabet.CapHeight, _design.CapHeight - 1 - inset);
        (float X, float Y) at = default;
        foreach (var stroke in strokes.Where(static stroke => stroke.Move != PenMove.Pen))
        {
            if (stroke.Move == PenMove.Dot || (stroke.Move == PenMove.Line && at.X == stroke.End.X))
            {
                _columns.Snap(stroke.End.X, inset);
            }

            if (stroke.Move == PenMove.Dot || (stroke.Move == PenMove.Line && at.Y == stroke.End.Y))
            {
                _rows.Snap(stroke.End.Y, inset);
            }

            at = stroke.End;
        }
    }

    private void Move(List<PenStroke> strokes)
    {
        var at = Vector2.Zero;
        _pen = _design.Pen;
        foreach (var stroke in strokes)
        {
            if (stroke.Move == PenMove.Pen)
            {
                _pen = Math.Max(1, _design.Pen * stroke.Numbers[0]);
                continue;
            }

            var to = Place(stroke, stroke.Numbers.Length - 2);
            switch (stroke.Move)
            {
                case PenMove.Line:
                    _mask.AddStroke(at, to, _pen);
                    break;
                case PenMove.Across or PenMove.Along:
                    var corner = stroke.Move == PenMove.Across ? new Vector2(to.X, at.Y) : new Vector2(at.X, to.Y);
                    AddCurve(at, Vector2.Lerp(at, corner, Roundness), Vector2.Lerp(to, corner, Roundness), to);
                    break;
                case PenMove.Curve:
                    AddCurve(at, Place(stroke, 0), Place(stroke, 2), to);
                    break;
                case PenMove.Dot:
                    _mask.AddStroke(to, to, _design.Pen == 1 ? _pen : _pen * DotSize);
                    break;
            }

            at = to;
        }
    }

    private void AddCurve(Vector2 from, Vector2 first, Vector2 second, Vector2 to)
    {
        var at = from;
        for (var step = 1; step <= CurveSteps; step++)
        {
            var t = step / (float)CurveSteps;
            var u = 1 - t;
            var next = u * u * u * from + 3 * u * u * t * first + 3 * u * t * t * second + t * t * t * to;
            _mask.AddStroke(at, next, _pen);
            at = next;
        }
    }

    private Vector2 Place(PenStroke stroke, int index) =>
        _origin + new Vector2(_columns[stroke.Numbers[index]], -_rows[stroke.Numbers[index + 1]]);

    /// <summary>Takes the part of the mask that is not empty.</summary>
    private Glyph Cut(List<byte> coverage, int advance)
    {
        var (left, right) = (_mask.Width, 0);
        var (top, bottom) = (_mask.Height, 0);
        for (var y = 0; y < _mask.Height; y++)
        {
            var row = _mask.Row(y);
            if (row.ContainsAnyExcept((byte)0))
            {
                (top, bottom) = (Math.Min(top, y), y + 1);
                left = Math.Min(left, row.IndexOfAnyExcept((byte)0));
                right = Math.Max(right, row.LastIndexOfAnyExcept((byte)0) + 1);
            }
        }

        var width = Math.Max(0, right - left);
        var stride = (width + Blending.Lanes - 1) / Blending.Lanes * Blending.Lanes;
        var glyph = new Glyph(coverage.Count, stride, left - (int)_origin.X, (int)_origin.Y - top, width, Math.Max(0, bottom - top), advance);
        for (var y = top; y < bottom; y++)
        {
            coverage.AddRange(_mask.Row(y).Slice(left, width));
            coverage.AddRange(new byte[stride - width]);
        }

        return glyph;
    }
}
