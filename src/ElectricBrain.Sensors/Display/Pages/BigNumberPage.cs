using System.Numerics;
using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>One value to be read from across the room, where it is heading, and its lowest and highest of the history.</summary>
internal sealed class BigNumberPage(Series series) : Page
{
    private const int ValueBaseline = 55;
    private const int ReasonBaseline = 72;
    private const int RangeBaseline = 75;

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, series.Measurand.Name, series.Measurand.Colour);
        if (series.TryGetValue(board.Now, out var value, out var absence))
        {
            DrawLevel(canvas, series.Measurand.LevelOf(value));
            DrawValue(canvas, board, value);
            DrawRange(canvas, board, value);
        }
        else
        {
            canvas.Write(ValueText.Missing, Margin, ValueBaseline, Font.Large, Palette.Faint);
            canvas.Write(absence.Reason, Margin, ReasonBaseline, Font.Medium, absence.Colour);
        }
    }

    private static void DrawLevel(Canvas canvas, Level level)
    {
        var word = level switch { Level.Low => "low", Level.High => "high", Level.Normal => "ok", _ => "" };
        canvas.Write(word, Width - Margin, TitleBaseline, Font.Small, Palette.Of(level), TextAlignment.Right);
    }

    private void DrawValue(Canvas canvas, Board board, double value)
    {
        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        var text = ValueText.Write(buffer, value, series.Measurand.DecimalsOf(value));
        var x = canvas.Write(text, Margin, ValueBaseline, Font.Large, Palette.Text) + 1;
        var unit = series.Measurand.Unit;
        canvas.Write(unit, x, ValueBaseline, x + Font.Bold.Measure(unit) <= Width ? Font.Bold : Font.Small, series.Measurand.Colour);
        canvas.Write(ArrowOf(series.TrendAt(board.Now)), x, ValueBaseline - Font.Large.CapHeight + Font.Bold.CapHeight, Font.Bold, Palette.Muted);
    }

    private void DrawRange(Canvas canvas, Board board, double value)
    {
        if (!series.History.TryGetExtremes(series.History.SlotOf(board.Now), out var least, out var most))
        {
            return;
        }

        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        var left = canvas.Write(ValueText.Write(buffer, least, series.Measurand.DecimalsOf(least)), Margin, RangeBaseline, Font.Small, Palette.Muted) + 3;
        var text = ValueText.Write(buffer, most, series.Measurand.DecimalsOf(most));
        canvas.Write(text, Width - Margin, RangeBaseline, Font.Small, Palette.Muted, TextAlignment.Right);
        var right = Width - Margin - Font.Small.Measure(text) - 3;
        var row = RangeBaseline - Font.Small.CapHeight / 2;
        canvas.Line(new Vector2(left, row), new Vector2(right, row), Palette.Faint, 2);
        var position = most > least ? Math.Clamp((value - least) / (most - least), 0, 1) : 0.5;
        var dot = new Vector2((float)(left + 2 + position * (right - left - 4)), row);
        canvas.Line(dot, dot, series.Measurand.Colour, 5);
    }

    private static string ArrowOf(Trend trend) => trend switch
    {
        Trend.Rising => "↗",
        Trend.Falling => "↘",
        Trend.Steady => "→",
        _ => "",
    };
}
