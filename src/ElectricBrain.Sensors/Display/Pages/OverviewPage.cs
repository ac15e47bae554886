using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Everything at a glance.</summary>
internal sealed class OverviewPage(string title, params Series[] tiles) : Page
{
    private const int MostColumns = 3;
    private const int Top = 13;
    private const int TileGap = 6;

    private const int SparkHeight = 9;

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, title, Palette.Muted);
        var columns = tiles.Length <= 4 ? 2 : MostColumns;
        var rows = Math.Max(1, (tiles.Length + columns - 1) / columns);
        for (var i = 0; i < tiles.Length; i++)
        {
            var x = Margin + i % columns * (Width - 2 * Margin + TileGap) / columns;
            var width = (Width - 2 * Margin + TileGap) / columns - TileGap;
            var y = Top + i / columns * (Height - 1 - Top) / rows;
            DrawTile(canvas, board, tiles[i], new PixelArea(x, y, width, (Height - 1 - Top) / rows));
        }
    }

    private static void DrawTile(Canvas canvas, Board board, Series series, PixelArea tile)
    {
        var measurand = series.Measurand;
        var labelBaseline = tile.Y + Font.Small.CapHeight - 1;
        var valueBaseline = labelBaseline + Font.Bold.CapHeight + 1;
        canvas.Write(measurand.Label, tile.X, labelBaseline, Font.Small, measurand.Colour);
        canvas.Write(measurand.Unit, tile.Right, labelBaseline, Font.Small, Palette.Faint, TextAlignment.Right);
        if (valueBaseline + SparkHeight < tile.Bottom && series.Range.Axis is { } axis)
        {
            Plot.DrawSpark(canvas, board, new PixelArea(tile.X, tile.Bottom - SparkHeight - 2, tile.Width, SparkHeight), axis, series);
        }

        if (!series.TryGetValue(board.Now, out var value, out var absence))
        {
            DrawAbsence(canvas, absence, tile.X, valueBaseline, Font.Bold);
            return;
        }

        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        var text = ValueText.Write(buffer, value, measurand.DecimalsOf(value));
        if (Font.Bold.Measure(text) - Font.Bold.Spacing > tile.Width)
        {
            text = ValueText.Write(buffer, value, 0);
        }

        canvas.Write(text, tile.X, valueBaseline, Font.Bold, Palette.Text);
    }
}
