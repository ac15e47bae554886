namespace ElectricBrain.Swarm.Compose;

/// <summary>The keys of one mapping. What nobody has taken when reading ends is unknown, and a problem: nothing is dropped silently.</summary>
internal sealed class ComposeFields(ComposeMapping mapping, ComposeValue owner)
{
    private readonly HashSet<string> _taken = [];

    public int Line => mapping.Line;

    public ComposeValue Owner => owner;

    /// <summary>The value of a key; null when the key is absent. An empty value is a problem unless allowed.</summary>
    public ComposeValue? Take(string key, bool mayBeEmpty = false)
    {
        _taken.Add(key);
        ComposeValue? value = mapping.Entries.Where(entry => entry.Key == key).Select(ValueOf).FirstOrDefault();
        if (value is { IsNull: true } && !mayBeEmpty)
        {
            value.Problem("is empty. Write a value, or remove the key.");
            return null;
        }

        return value;
    }

    /// <summary>Every key with its value, for mappings whose keys are names.</summary>
    public IEnumerable<(string Name, ComposeValue Value)> All() => mapping.Entries.Select(entry => (entry.Key, ValueOf(entry)));

    /// <summary>Warns of keys that a swarm ignores.</summary>
    public void Ignore(string reason, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            _taken.Add(key);
            if (Find(key) is { } entry)
            {
                owner.Scope.Report.Warning(entry.Line, PathOf(key), reason);
            }
        }
    }

    /// <summary>Refuses keys that are known and cannot be honoured.</summary>
    public void Refuse(string reason, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            _taken.Add(key);
            if (Find(key) is { } entry)
            {
                owner.Scope.Report.Problem(entry.Line, PathOf(key), reason);
            }
        }
    }

    /// <summary>Reports every key that nobody took; keys starting with <c>x-</c> are the user's own.</summary>
    public void Finish()
    {
        foreach (ComposeEntry entry in mapping.Entries.Where(entry => !_taken.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            string? near = _taken.MinBy(known => Distance(known, entry.Key));
            string remedy = near is not null && Distance(near, entry.Key) <= 2 ? $"Did you mean '{near}'?" : "Remove it, or name it x-... to keep it as a note.";
            owner.Scope.Report.Problem(entry.Line, PathOf(entry.Key), $"the key is not known here. {remedy}");
        }
    }

    private ComposeEntry? Find(string key) => mapping.Entries.FirstOrDefault(entry => entry.Key == key);

    private ComposeValue ValueOf(ComposeEntry entry) => new(entry.Value, PathOf(entry.Key), owner.Scope);

    private string PathOf(string key) => owner.Path.Length == 0 ? key : $"{owner.Path}.{key}";

    // Levenshtein's distance.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
