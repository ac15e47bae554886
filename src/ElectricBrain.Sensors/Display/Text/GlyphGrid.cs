namespace ElectricBrain.Sensors.Display.Text;

/// <summary>
/// Maps one axis of a drawn character to pixels: its straight strokes come to lie on whole pixels, and everything between two of
/// them is spread evenly.
/// </summary>
internal sealed class GlyphGrid
{
    private readonly SortedList<float, float> _pixels = [];

    /// <summary>Says where a place of the drawing lies in any case.</summary>
    public void Pin(float place, float pixel) => _pixels[place] = pixel;

    /// <summary>Moves a place to the nearest pixels that a stroke of a thickness fills without rest.</summary>
    public void Snap(float place, float inset)
    {
        if (!_pixels.ContainsKey(place))
        {
            _pixels[place] = MathF.Round(this[place] - inset, MidpointRounding.AwayFromZero) + inset;
        }
    }

    /// <summary>The pixel of a place.</summary>
    public float this[float place]
    {
        get
        {
            // Beyond the outermost pins the nearest two lead on.
            var upper = 1;
            while (upper < _pixels.Count - 1 && _pixels.GetKeyAtIndex(upper) < place)
            {
                upper++;
            }

            var (from, to) = (_pixels.GetKeyAtIndex(upper - 1), _pixels.GetKeyAtIndex(upper));
            var (first, last) = (_pixels.GetValueAtIndex(upper - 1), _pixels.GetValueAtIndex(upper));
            return first + (place - from) * (last - first) / (to - from);
        }
    }
}
