namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>A controller of pins.</summary>
/// <param name="Number">The N of <c>/dev/gpiochipN</c>.</param>
/// <param name="Label">What its driver calls it; null where the process may not ask.</param>
/// <param name="Lines">How many pins it has.</param>
internal readonly record struct GpioChip(int Number, string? Label, int Lines)
{
    public override string ToString() => Label is null ? $"gpiochip{Number} (forbidden)" : $"gpiochip{Number} [{Label}] ({Lines} lines)";
}
