using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>
/// The lines that are in the files and may be offered again: after a crash those behind the last position that was saved, after an
/// outbox went back those from the first offered one on. Held as hashes.
/// </summary>
internal sealed class KnownLines
{
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>Whether no line is known.</summary>
    public bool IsEmpty => _hashes.Count == 0;

    /// <param name="directory">The files.</param>
    /// <param name="position">Up to where they are accounted for.</param>
    /// <param name="isBehindPosition">Whether what is offered comes after the position, so that only what is behind it can be met.</param>
    /// <param name="first">The first line that is offered.</param>
    public static KnownLines Find(NdjsonDirectory directory, NdjsonPosition position, bool isBehindPosition, ReadOnlySpan<byte> first)
    {
        var known = new KnownLines();
        var wanted = Fnv1A.Hash(first);
        foreach (var file in directory.List().OrderByDescending(static file => file.Number))
        {
            if (isBehindPosition && file.Number < position.FileNumber)
            {
                break;
            }

            var isPartlyCovered = isBehindPosition && file.Number == position.FileNumber && !file.IsCompressed;
            directory.Read(file, isPartlyCovered ? position.Length : 0, known.Add);
            if (!isBehindPosition && known._hashes.Contains(wanted))
            {
                // Lines keep the order of the outbox: nothing from here on can be in an older file.
                break;
            }
        }

        return known;
    }

    /// <summary>Whether the line is in the files.</summary>
    public bool Contains(ReadOnlySpan<byte> line) => !IsEmpty && _hashes.Contains(Fnv1A.Hash(line));

    /// <summary>Forgets all lines.</summary>
    public void Clear() => _hashes.Clear();

    private void Add(ReadOnlySpan<byte> line) => _hashes.Add(Fnv1A.Hash(line));
}
