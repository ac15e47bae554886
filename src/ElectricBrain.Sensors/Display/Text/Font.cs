namespace ElectricBrain.Sensors.Display.Text;

/// <summary>
/// The characters of the alphabet in one size, with smooth edges. Digits all have one width. It has the printable characters of
/// ASCII, and those that units and trends need: ° µ Ω ² ³ ₀ ₁ ₂ ₃ ₅ · × ± − – … and arrows.
/// </summary>
public sealed class Font
{
    private static readonly Lazy<Font> LazySmall = new(static () => new Font(new FontDesign(CapHeight: 7, XHeight: 5, Descent: 2, Pen: 1, Unit: 1, Spacing: 1)));
    private static readonly Lazy<Font> LazyMedium = new(static () => new Font(new FontDesign(CapHeight: 9, XHeight: 7, Descent: 3, Pen: 1, Unit: 1.25f, Spacing: 1)));
    private static readonly Lazy<Font> LazyBold = new(static () => new Font(new FontDesign(CapHeight: 11, XHeight: 8, Descent: 3, Pen: 2, Unit: 1.6f, Spacing: 2)));
    private static readonly Lazy<Font> LazyLarge = new(static () => new Font(new FontDesign(CapHeight: 34, XHeight: 24, Descent: 9, Pen: 4, Unit: 4.2f, Spacing: 4)));

    private readonly char[] _characters;
    private readonly Glyph[] _glyphs;
    private readonly byte[] _coverage;

    private Font(FontDesign design)
    {
        CapHeight = design.CapHeight;
        Descent = design.Descent;
        Spacing = design.Spacing;
        var drawings = Alphabet.Drawings.OrderBy(static drawing => drawing.Character).ToArray();
        var rasterizer = new GlyphRasterizer(design);
        var coverage = new List<byte>();
        _characters = [.. drawings.Select(static drawing => drawing.Character)];
        _glyphs = [.. drawings.Select(drawing => rasterizer.Draw(drawing.Width, drawing.Drawing, coverage))];
        _coverage = [.. coverage.Select(Tone)];
    }

    /// <summary>For labels: capitals 7 pixels high.</summary>
    public static Font Small => LazySmall.Value;

    /// <summary>For text: capitals 9 pixels high.</summary>
    public static Font Medium => LazyMedium.Value;

    /// <summary>For values: capitals 11 pixels high, strokes of two pixels.</summary>
    public static Font Bold => LazyBold.Value;

    /// <summary>For a single number: capitals 34 pixels high, strokes of four pixels.</summary>
    public static Font Large => LazyLarge.Value;

    /// <summary>The height of capitals and digits in pixels.</summary>
    public int CapHeight { get; }

    /// <summary>How far letters such as "g" reach below the baseline, in pixels.</summary>
    public int Descent { get; }

    /// <summary>The pixels that part two characters; the width of every character has them at its end.</summary>
    public int Spacing { get; }

    internal ReadOnlySpan<byte> Coverage => _coverage;

    /// <summary>The width of a text in pixels: the sum of the widths of its characters.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var character in text)
        {
            width += Find(character).Advance;
        }

        return width;
    }

    /// <summary>Whether the font has a character; others are shown as boxes.</summary>
    public bool Has(char character) => Array.BinarySearch(_characters, character) >= 0;

    internal ref readonly Glyph Find(char character)
    {
        // The printable characters of ASCII are the first ones.
        var index = character is >= ' ' and <= '~' ? character - ' ' : Array.BinarySearch(_characters, character);
        return ref _glyphs[index >= 0 ? index : Array.BinarySearch(_characters, Alphabet.Unknown)];
    }

    /// <summary>Half-covered pixels of light strokes look darker than half, since brightness is not what pixels count.</summary>
    private static byte Tone(byte coverage) => (byte)MathF.Round(255 * MathF.Pow(coverage / 255f, 0.8f));
}
