using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Several quantities of one unit over time, each with its current value.</summary>
internal sealed class ComparisonPage(string title, params Series[] lines) : Page
{
    private const int LegendBaseline = 19;
    private const int Top = 26;

    private readonly AxisRange _range = new(lines[0].Measurand);

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, title, Palette.Text);
        canvas.Write(lines[0].Measurand.Unit, Width - Margin, TitleBaseline, Font.Small, Palette.Muted, TextAlignment.Right);
        for (var i = 0; i < lines.Length; i++)
        {
            DrawLegend(canvas, board, lines[i], Margin + i * (Width - Margin) / lines.Length);
        }

        Cover(board);
        Plot.Draw(canvas, board, Top, _range.Axis, lines);
    }

    private static void DrawLegend(Canvas canvas, Board board, Series line, int x)
    {
        x = canvas.Write(line.Measurand.Label, x, LegendBaseline, Font.Small, line.Measurand.Colour) + 3;
        if (!line.TryGetValue(board.Now, out var value, out var absence))
        {
            canvas.Write(absence.Short, x, LegendBaseline, Font.Small, absence.Colour);
            return;
        }

        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        canvas.Write(ValueText.Write(buffer, value, line.Measurand.DecimalsOf(value)), x, LegendBaseline, Font.Small, Palette.Text);
    }

    private void Cover(Board board)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var line in lines)
        {
            if (line.History.TryGetExtremes(line.History.SlotOf(board.Now), out var low, out var high))
            {
                (least, most) = (Math.Min(least, low), Math.Max(most, high));
            }
        }

        if (least <= most)
        {
            _range.Cover(least, most);
        }
    }
}
