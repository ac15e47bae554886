using System.Numerics;
using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Each sensor: whether it works, what is wrong, and since when.</summary>
internal sealed class HealthPage : Page
{
    private const int Top = 14;
    private const int MostPitch = 13;
    private const float LightSize = 5;

    protected override void DrawContent(Canvas canvas, Board board)
    {
        DrawTitle(canvas, board, "Sensors", Palette.Text);
        var pitch = Math.Min(MostPitch, (Height - Margin - Top) / Math.Max(1, board.Sensors.Count));
        for (var i = 0; i < board.Sensors.Count; i++)
        {
            DrawSensor(canvas, board, board.Sensors[i], Top + i * pitch + (pitch + Font.Small.CapHeight) / 2 - 1);
        }
    }

    private static void DrawSensor(Canvas canvas, Board board, SensorRow sensor, int baseline)
    {
        var isOk = sensor.State == SensorState.Ok && !board.IsStale;
        var absence = board.IsStale ? Absence.Stale : sensor.Absence;
        var light = new Vector2(Margin + 3, baseline - Font.Small.CapHeight / 2);
        canvas.Line(light, light, isOk ? Palette.Good : absence.Colour, LightSize);
        canvas.Write(sensor.Name, Margin + 10, baseline, Font.Small, Palette.Text);

        Span<char> buffer = stackalloc char[ValueText.MaximumLength];
        var age = ValueText.Write(buffer, board.IsStale ? board.Now - board.ReadAt : sensor.Age(board.Now));
        canvas.Write(age, Width - Margin, baseline, Font.Small, Palette.Muted, TextAlignment.Right);
        canvas.Write(isOk ? "ok" : absence.Reason, Width - Margin - Font.Small.Measure(age) - 3, baseline, Font.Small, isOk ? Palette.Good : absence.Colour, TextAlignment.Right);
    }
}
