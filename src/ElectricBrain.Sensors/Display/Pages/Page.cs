using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>A page of 160 x 80 pixels.</summary>
internal abstract class Page
{
    public const int Width = 160;
    public const int Height = 80;

    /// <summary>The columns that are kept free on both sides.</summary>
    protected const int Margin = 2;

    /// <summary>The row that a title stands on.</summary>
    protected const int TitleBaseline = 8;

    private const int MarkRow = Height - 1;

    /// <summary>Draws the whole page.</summary>
    public void Draw(Canvas canvas, Board board)
    {
        canvas.Clip = canvas.Bounds;
        canvas.Fill(canvas.Bounds, Palette.Background);
        DrawContent(canvas, board);
        DrawMarks(canvas, board);
    }

    protected abstract void DrawContent(Canvas canvas, Board board);

    /// <summary>Writes the title, and after it whether the values are made up.</summary>
    /// <returns>The column behind both.</returns>
    protected static int DrawTitle(Canvas canvas, Board board, ReadOnlySpan<char> title, Rgb565 colour)
    {
        var x = canvas.Write(title, Margin, TitleBaseline, Font.Small, colour);
        if (!board.IsSimulated)
        {
            return x;
        }

        const string Mark = "SIM";
        var width = Font.Small.Measure(Mark) + 3;
        canvas.Fill(new PixelArea(x + 3, 0, width, 11), Palette.Warning);
        canvas.Write(Mark, x + 5, TitleBaseline, Font.Small, Palette.Background);
        return x + 3 + width;
    }

    /// <summary>Writes a value that is not there, and why.</summary>
    protected static void DrawAbsence(Canvas canvas, Absence absence, int x, int baseline, Font font)
    {
        x = canvas.Write(ValueText.Missing, x, baseline, font, Palette.Faint);
        canvas.Write(absence.Short, x + 2, baseline, Font.Small, absence.Colour);
    }

    /// <summary>The lowest row tells which page this is.</summary>
    private static void DrawMarks(Canvas canvas, Board board)
    {
        if (board.PageCount < 2)
        {
            return;
        }

        for (var page = 0; page < board.PageCount; page++)
        {
            var left = page * (Width + 1) / board.PageCount;
            var right = (page + 1) * (Width + 1) / board.PageCount - 1;
            canvas.Fill(new PixelArea(left, MarkRow, right - left - 1, 1), page == board.PageIndex ? Palette.Muted : Palette.Grid);
        }
    }
}
