using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>One quantity over time, with its current value.</summary>
internal sealed class GraphPage(Series series) : Page
{
    private const int ValueBaseline = 12;
    private const int Top = 20;
    private const int UnitGap = 2;

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, series.Measurand.Name, series.Measurand.Colour);
        DrawValue(canvas, board);
        Plot.Draw(canvas, board, Top, series.Range.Axis, [series]);
    }

    private void DrawValue(Canvas canvas, Board board)
    {
        if (!series.TryGetValue(board.Now, out var value, out var absence))
        {
            canvas.Write(ValueText.Missing, Width - Margin, TitleBaseline + 1, Font.Bold, Palette.Faint, TextAlignment.Right);
            canvas.Write(absence.Reason, Width - Margin - 18, TitleBaseline, Font.Small, absence.Colour, TextAlignment.Right);
            return;
        }

        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        var unit = series.Measurand.Unit;
        var x = Width - Margin - Font.Small.Measure(unit) - UnitGap;
        canvas.Write(unit, Width - Margin, ValueBaseline, Font.Small, Palette.Muted, TextAlignment.Right);
        canvas.Write(ValueText.Write(buffer, value, series.Measurand.DecimalsOf(value)), x, ValueBaseline, Font.Bold, Palette.Text, TextAlignment.Right);
    }
}
