namespace ElectricBrain.Sensors.Display.Text;

/// <summary>The measures of a font in pixels.</summary>
/// <param name="CapHeight">Height of capitals, digits and long strokes.</param>
/// <param name="XHeight">Height of small letters.</param>
/// <param name="Descent">How far "g" reaches below the baseline.</param>
/// <param name="Pen">Thickness of the strokes; whole pixels, so that both edges of a straight one are sharp.</param>
/// <param name="Unit">Pixels for one horizontal unit of the alphabet.</param>
/// <param name="Spacing">Between two characters.</param>
internal readonly record struct FontDesign(int CapHeight, int XHeight, int Descent, int Pen, float Unit, int Spacing)
{
    /// <summary>From the centre of a stroke's outermost pixel to its own centre.</summary>
    public float Inset => (Pen - 1) / 2f;
}
