namespace ElectricBrain.Sensors.Display.Text;

/// <summary>Where the picture of a character is in its font's coverage, and where it stands in a line.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Stride">From one row to the next; columns from the width on are empty.</param>
/// <param name="Left">From where the character begins to the first column; negative where it reaches back.</param>
/// <param name="Top">From the first row down to the baseline.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Advance">From where the character begins to where the next does.</param>
internal readonly record struct Glyph(int Offset, int Stride, int Left, int Top, int Width, int Height, int Advance);
