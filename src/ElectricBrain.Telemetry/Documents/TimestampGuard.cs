using System.Collections;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>
/// Keeps two records of one series out of the same millisecond, where a store would take the second for a repetition of the first.
/// It knows the latest records only: a clock set back by more than that span may meet old timestamps again.
/// </summary>
internal sealed class TimestampGuard : IEnumerable<(ulong Series, long Millisecond)>
{
    private const int Capacity = 32_768;

    private readonly HashSet<(ulong Series, long Millisecond)> _taken = new(Capacity);
    private readonly (ulong Series, long Millisecond)[] _order = new (ulong, long)[Capacity];
    private int _next;

    /// <summary>Returns the millisecond, or the first one behind it that the series has not used.</summary>
    public long Claim(ulong series, long millisecond)
    {
        if (!_taken.Add((series, millisecond)))
        {
            do
            {
                millisecond++;
            }
            while (!_taken.Add((series, millisecond)));
        }

        Keep((series, millisecond));
        return millisecond;
    }

    /// <summary>Takes up what a record of an earlier process uses.</summary>
    public void Restore(ulong series, long millisecond)
    {
        if (_taken.Add((series, millisecond)))
        {
            Keep((series, millisecond));
        }
    }

    /// <summary>Gives back what was claimed for a record that was not stored.</summary>
    public void Release(ulong series, long millisecond) => _taken.Remove((series, millisecond));

    public bool Contains(ulong series, long millisecond) => _taken.Contains((series, millisecond));

    /// <summary>What it knows, oldest first.</summary>
    public IEnumerator<(ulong Series, long Millisecond)> GetEnumerator() =>
        _order[_next..].Concat(_order[.._next]).Where(_taken.Contains).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Keep((ulong Series, long Millisecond) timestamp)
    {
        ref var oldest = ref _order[_next];
        _taken.Remove(oldest);
        oldest = timestamp;
        _next = (_next + 1) % Capacity;
    }
}
