namespace ElectricBrain.Sensors.Display.Text;

/// <summary>Which part of a text a column is the place of.</summary>
public enum TextAlignment
{
    /// <summary>Its first column.</summary>
    Left,

    /// <summary>Its middle.</summary>
    Center,

    /// <summary>The column behind its last.</summary>
    Right,
}
