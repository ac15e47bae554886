namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>An axis from one round number to another: 1, 2 or 5 times a power of ten, or multiples of such a step.</summary>
internal readonly record struct Axis
{
    private const int MostSteps = 4;

    /// <summary>What is lost in computing with tenths.</summary>
    private const double Rounding = 1e-9;

    private readonly bool _isLogarithmic;
    private readonly double _step;
    private readonly long _first;
    private readonly long _last;

    private Axis(bool isLogarithmic, double step, long first, long last) => (_isLogarithmic, _step, _first, _last) = (isLogarithmic, step, first, last);

    public double Low => At(_first);

    public double High => At(_last);

    /// <summary>How many decimals tell its ticks apart.</summary>
    public int Decimals => _isLogarithmic ? Math.Max(0, -(int)Math.Floor(_first / 3.0)) : Math.Max(0, -(int)Math.Floor(Math.Log10(_step) + Rounding));

    /// <summary>How many ticks there are; on a logarithmic axis of more than <see cref="MostSteps"/> steps only the powers of ten.</summary>
    public int TickCount => (int)(_isLogarithmic && HasManySteps ? FloorDivide(_last, 3) + FloorDivide(-_first, 3) + 1 : _last - _first + 1);

    private bool HasManySteps => _last - _first > MostSteps;

    /// <summary>The axis with the finest step that covers a range with a few ticks.</summary>
    public static Axis Covering(double least, double most)
    {
        for (var power = (long)Math.Floor(3 * Math.Log10(Math.Max(most - least, double.Epsilon) / MostSteps)); ; power++)
        {
            var step = OneTwoFive(power);
            var (first, last) = ((long)Math.Floor(least / step + Rounding), (long)Math.Ceiling(most / step - Rounding));
            if (last - first <= MostSteps)
            {
                return new Axis(false, step, first, Math.Max(last, first + 1));
            }
        }
    }

    /// <summary>The logarithmic axis that covers a range of positive numbers.</summary>
    public static Axis CoveringLogarithmically(double least, double most)
    {
        var first = (long)Math.Floor(3 * Math.Log10(least)) + 1;
        while (OneTwoFive(first) > least * (1 + Rounding))
        {
            first--;
        }

        var last = first + 1;
        while (OneTwoFive(last) < most * (1 - Rounding))
        {
            last++;
        }

        return new Axis(true, 0, first, last);
    }

    /// <summary>The value of a tick, counted from the lowest.</summary>
    public double Tick(int index) => At(_isLogarithmic && HasManySteps ? 3 * (index - FloorDivide(-_first, 3)) : _first + index);

    /// <summary>Where a value lies, 0 at the low end and 1 at the high one.</summary>
    public double PositionOf(double value) => _isLogarithmic
        ? Math.Log(value / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    private double At(long index) => _isLogarithmic ? OneTwoFive(index) : index * _step;

    /// <summary>The numbers …, 0.5, 1, 2, 5, 10, …; 1 is the one of index 0.</summary>
    private static double OneTwoFive(long index)
    {
        var power = FloorDivide(index, 3);
        return (index - 3 * power) switch { 0 => 1, 1 => 2, _ => 5 } * Math.Pow(10, power);
    }

    private static long FloorDivide(long number, int divisor) => (long)Math.Floor((double)number / divisor);
}
