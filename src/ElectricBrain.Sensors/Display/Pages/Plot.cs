using System.Numerics;
using System.Runtime.Intrinsics;
using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Draws the histories of quantities over time, the latest at the right.</summary>
internal static class Plot
{
    /// <summary>One column for each slot of the history.</summary>
    public const int Columns = 120;

    private const int Left = Page.Width - Columns - 3;
    private const int LabelGap = 4;
    private const int TimeBaseline = 77;
    private const int Bottom = 67;
    private const float LineThickness = 1.4f;
    private const float DotThickness = 4;
    private const int ShadeCoverage = 110;
    private const int ShadeRest = 3;
    private const byte NoFill = byte.MaxValue;

    /// <summary>Draws axes, lines, and the area under a single line.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="board">For the time.</param>
    /// <param name="top">The row of the axis' high end.</param>
    /// <param name="axis">The vertical axis; null while there is nothing to draw.</param>
    /// <param name="lines">The quantities.</param>
    public static void Draw(Canvas canvas, Board board, int top, Axis? axis, ReadOnlySpan<Series> lines)
    {
        var area = new PixelArea(Left, top, Columns, Bottom - top + 1);
        DrawTimes(canvas, lines[0].History);
        if (axis is not { } values)
        {
            return;
        }

        DrawValues(canvas, area, values);
        foreach (var line in lines)
        {
            var last = DrawLine(canvas, board.Now, area, values, line, isShaded: lines.Length == 1);
            if (float.IsFinite(last.Y) && line.TryGetValue(board.Now, out _, out _))
            {
                canvas.Line(last, last, lines.Length == 1 ? Palette.Text : line.Measurand.Colour, DotThickness);
            }
        }
    }

    /// <summary>Draws a line without axes.</summary>
    public static void DrawSpark(Canvas canvas, Board board, PixelArea area, Axis axis, Series line) =>
        DrawLine(canvas, board.Now, area, axis, line, isShaded: true);

    private static float RowOf(double value, Axis axis, PixelArea area) => (float)(area.Bottom - 1 - axis.PositionOf(value) * (area.Height - 1));

    private static void DrawValues(Canvas canvas, PixelArea area, Axis axis)
    {
        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        for (var i = 0; i < axis.TickCount; i++)
        {
            var value = axis.Tick(i);
            var row = (int)MathF.Round(RowOf(value, axis, area));
            for (var x = area.X; x < area.Right; x += 4)
            {
                canvas.Fill(new PixelArea(x, row, 2, 1), Palette.Grid);
            }

            canvas.Write(ValueText.Write(buffer, value, axis.Decimals), Left - LabelGap, row + Font.Small.CapHeight / 2, Font.Small, Palette.Muted, TextAlignment.Right);
        }
    }

    private static void DrawTimes(Canvas canvas, History history)
    {
        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        canvas.Fill(new PixelArea(Left, Bottom + 1, Columns, 1), Palette.Faint);
        for (var part = 0; part <= 2; part++)
        {
            canvas.Fill(new PixelArea(Left + part * (Columns - 1) / 2, Bottom + 1, 1, 2), Palette.Muted);
        }

        var x = canvas.Write("−", Left, TimeBaseline, Font.Small, Palette.Muted);
        canvas.Write(ValueText.Write(buffer, history.SlotLength * history.Capacity), x, TimeBaseline, Font.Small, Palette.Muted);
        canvas.Write("now", Left + Columns, TimeBaseline, Font.Small, Palette.Muted, TextAlignment.Right);
    }

    /// <returns>The latest point; without a number where there is none.</returns>
    private static Vector2 DrawLine(Canvas canvas, TimeSpan now, PixelArea area, Axis axis, Series line, bool isShaded)
    {
        Span<Vector2> points = stackalloc Vector2[area.Width];
        Trace(points, now, area, axis, line);
        if (isShaded)
        {
            Shade(canvas, points, area, line.Measurand.Colour);
        }

        canvas.Polyline(points, line.Measurand.Colour, LineThickness);
        return points[^1];
    }

    /// <summary>A point for every column; short gaps are bridged, long ones stay.</summary>
    private static void Trace(Span<Vector2> points, TimeSpan now, PixelArea area, Axis axis, Series line)
    {
        points.Fill(new Vector2(float.NaN));
        var history = line.History;
        var end = history.SlotOf(now) + 1;
        var (before, slotBefore) = (-1, 0L);
        for (var column = 0; column < points.Length; column++)
        {
            var first = end - history.Capacity + (long)column * history.Capacity / points.Length;
            var next = end - history.Capacity + (column + 1L) * history.Capacity / points.Length;
            if (!history.TryGetMean(first, next - 1, out var mean))
            {
                continue;
            }

            points[column] = new Vector2(area.X + column, RowOf(mean, axis, area));
            for (var between = before + 1; before >= 0 && first - slotBefore <= line.LongestGap && between < column; between++)
            {
                points[between] = Vector2.Lerp(points[before], points[column], (between - before) / (float)(column - before));
            }

            (before, slotBefore) = (column, next - 1);
        }
    }

    /// <summary>Lays the colour under a line, fading downwards.</summary>
    private static void Shade(Canvas canvas, ReadOnlySpan<Vector2> points, PixelArea area, Rgb565 colour)
    {
        Span<byte> tops = stackalloc byte[(points.Length + Vector128<byte>.Count - 1) / Vector128<byte>.Count * Vector128<byte>.Count];
        tops.Fill(NoFill);
        for (var column = 0; column < points.Length; column++)
        {
            tops[column] = float.IsFinite(points[column].Y) ? (byte)Math.Clamp(points[column].Y, 0, NoFill) : NoFill;
        }

        Span<byte> coverage = stackalloc byte[tops.Length];
        for (var y = area.Y; y < area.Bottom; y++)
        {
            // The lowest row keeps a little of the colour.
            var share = (area.Bottom + ShadeRest - y) / (float)(area.Height + ShadeRest);
            var shade = Vector128.Create((byte)(ShadeCoverage * share));
            var row = Vector128.Create((byte)y);
            for (var i = 0; i < tops.Length; i += Vector128<byte>.Count)
            {
                (Vector128.LessThan(Vector128.Create<byte>(tops[i..]), row) & shade).CopyTo(coverage[i..]);
            }

            coverage[..points.Length].CopyTo(canvas.Mask.Touch(y)[area.X..]);
        }

        canvas.Lay(canvas.Mask, colour);
        canvas.Mask.Clear();
    }
}
