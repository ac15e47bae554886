namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>
/// The vertical axis of a graph that follows the values: it grows as soon as one does not fit, and shrinks only once half of it
/// would do, so that it does not jump to and fro.
/// </summary>
internal sealed class AxisRange(Measurand measurand)
{
    private const double ShrinkAt = 0.5;

    /// <summary>The axis; null before the first value.</summary>
    public Axis? Axis { get; private set; }

    /// <summary>Whether a value is on the axis.</summary>
    public bool Covers(double value) => Axis is { } axis && axis.Low <= value && value <= axis.High;

    /// <summary>Lets the axis cover the values of a graph.</summary>
    public void Cover(double least, double most)
    {
        var fitting = measurand.IsLogarithmic ? FitLogarithmic(least, most) : FitLinear(least, most);
        var keeps = Axis is { } axis && Covers(least) && Covers(most) && SpanOf(fitting) > ShrinkAt * SpanOf(axis);
        if (!keeps)
        {
            Axis = fitting;
        }
    }

    private double SpanOf(Axis axis) => measurand.IsLogarithmic ? Math.Log(axis.High / axis.Low) : axis.High - axis.Low;

    private Axis FitLinear(double least, double most)
    {
        var span = Math.Max(measurand.LeastSpan, measurand.LeastShare * most);
        var lack = Math.Max(0, span - (most - least)) / 2;
        var low = Math.Max(measurand.Floor, Math.Min(least - lack, measurand.Ceiling - span));
        var high = Math.Min(measurand.Ceiling, Math.Max(most + lack, measurand.Floor + span));

        // Values beyond what can be are shown all the same.
        return Pages.Axis.Covering(Math.Min(low, least), Math.Max(high, most));
    }

    private Axis FitLogarithmic(double least, double most)
    {
        var lack = Math.Sqrt(Math.Max(1, measurand.LeastSpan / (most / least)));
        return Pages.Axis.CoveringLogarithmically(least / lack, most * lack);
    }
}
