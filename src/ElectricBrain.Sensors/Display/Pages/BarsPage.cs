using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Several quantities as bars in the colour of their level, with marks at the limits.</summary>
internal sealed class BarsPage(string title, params Series[] bars) : Page
{
    private const int Top = 14;
    private const int TrackLeft = 38;
    private const int TrackWidth = 82;
    private const int TrackHeight = 5;
    private const int MostPitch = 13;

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, title, Palette.Text);
        var pitch = Math.Min(MostPitch, (Height - Margin - Top) / Math.Max(1, bars.Length));
        for (var i = 0; i < bars.Length; i++)
        {
            DrawBar(canvas, board, bars[i], Top + i * pitch + (pitch + Font.Small.CapHeight) / 2 - 1);
        }
    }

    private static void DrawBar(Canvas canvas, Board board, Series series, int baseline)
    {
        var measurand = series.Measurand;
        canvas.Write(measurand.Label, Margin, baseline, Font.Small, Palette.Muted);
        var track = new PixelArea(TrackLeft, baseline - Font.Small.CapHeight / 2 - TrackHeight / 2, TrackWidth, TrackHeight);
        canvas.Fill(track, Palette.Grid);
        if (series.TryGetValue(board.Now, out var value, out var absence))
        {
            Span<char> buffer = stackalloc char[ValueText.MaximumLength];
            var colour = measurand.Levels is null ? measurand.Colour : Palette.Of(measurand.LevelOf(value));
            canvas.Fill(track with { Width = Math.Max(1, ColumnOf(value, measurand)) }, colour);
            canvas.Write(ValueText.Write(buffer, value, measurand.DecimalsOf(value)), Width - Margin, baseline, Font.Small, colour, TextAlignment.Right);
        }
        else
        {
            canvas.Write(absence.Short, Width - Margin, baseline, Font.Small, absence.Colour, TextAlignment.Right);
        }

        DrawLimit(canvas, track, measurand, measurand.Levels?.LowBelow);
        DrawLimit(canvas, track, measurand, measurand.Levels?.HighAbove);
    }

    private static void DrawLimit(Canvas canvas, PixelArea track, Measurand measurand, double? limit)
    {
        if (limit is { } value)
        {
            canvas.Fill(new PixelArea(track.X + ColumnOf(value, measurand), track.Y - 1, 1, track.Height + 2), Palette.Text);
        }
    }

    private static int ColumnOf(double value, Measurand measurand)
    {
        var (from, to) = measurand.Bar;
        var position = measurand.IsLogarithmic ? Math.Log(value / from) / Math.Log(to / from) : (value - from) / (to - from);
        return (int)Math.Round(Math.Clamp(position, 0, 1) * TrackWidth);
    }
}
