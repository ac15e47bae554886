using System.Globalization;

namespace ElectricBrain.Sensors.Display.Text;

/// <summary>How the pen moves.</summary>
internal enum PenMove
{
    /// <summary>Lifted.</summary>
    To,

    /// <summary>Straight.</summary>
    Line,

    /// <summary>A quarter of an oval that starts out horizontally.</summary>
    Across,

    /// <summary>A quarter of an oval that starts out vertically.</summary>
    Along,

    /// <summary>A cubic curve with two control points.</summary>
    Curve,

    /// <summary>A dot.</summary>
    Dot,

    /// <summary>A change of the pen's thickness.</summary>
    Pen,
}

/// <summary>One move of the pen, with the numbers that follow its letter.</summary>
internal readonly record struct PenStroke(PenMove Move, float[] Numbers)
{
    /// <summary>Where the pen is afterwards.</summary>
    public (float X, float Y) End => (Numbers[^2], Numbers[^1]);

    /// <summary>Reads the moves of a drawing, such as <c>M0 0 L0 6</c>.</summary>
    public static List<PenStroke> Read(string drawing)
    {
        var strokes = new List<PenStroke>();
        foreach (var token in drawing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsAsciiLetter(token[0]))
            {
                strokes.Add(new PenStroke(MoveOf(token[0]), [Number(token.AsSpan(1))]));
            }
            else
            {
                strokes[^1] = strokes[^1] with { Numbers = [.. strokes[^1].Numbers, Number(token)] };
            }
        }

        return strokes;
    }

    private static float Number(ReadOnlySpan<char> text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static PenMove MoveOf(char letter) => letter switch
    {
        'M' => PenMove.To,
        'L' => PenMove.Line,
        'H' => PenMove.Across,
        'V' => PenMove.Along,
        'C' => PenMove.Curve,
        'D' => PenMove.Dot,
        'P' => PenMove.Pen,
        _ => throw new FormatException($"The pen has no move '{letter}'."),
    };
}
