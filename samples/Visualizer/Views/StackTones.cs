namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Gives each stack one of the palette's colours: the same one for as long as no other stack claims it.</summary>
internal sealed class StackTones
{
    /// <summary>How many colours the style sheet has.</summary>
    public const int Count = 12;

    private readonly Dictionary<string, int> _tones = new(StringComparer.Ordinal);

    public StackTones(IEnumerable<string> stacks)
    {
        var taken = new HashSet<int>();
        foreach (var stack in stacks.Distinct().Order(StringComparer.Ordinal))
        {
            var tone = Hash(stack) % Count;
            while (taken.Count < Count && !taken.Add(tone))
            {
                // Five and twelve share no factor: every colour is come to, and neighbours look unlike.
                tone = (tone + 5) % Count;
            }

            _tones[stack] = tone;
        }
    }

    public int this[string stack] => _tones.GetValueOrDefault(stack);

    /// <summary>The same in each run, unlike the runtime's own hash of strings (FNV-1a, 32 bits).</summary>
    private static int Hash(string text)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16_777_619u;
        }

        return (int)(hash & 0x7fff_ffff);
    }
}
