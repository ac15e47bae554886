namespace ElectricBrain.Telemetry.Sinks;

/// <summary>
/// Records offered to a sink, oldest first, each as the line of JSON that was made durable. Valid only during the call it is given to.
/// </summary>
public sealed class TelemetryBatch
{
    private readonly List<Entry> _entries = [];
    private byte[] _bytes = new byte[64 << 10];
    private int _used;
    private int _offered;

    /// <summary>How many records are offered.</summary>
    public int Count => _offered;

    /// <summary>
    /// Whether records of this batch were <see cref="RecordFate.Blocked"/> for so long that they are kept aside when they still are: a sink that has another place for them
    /// stores them there.
    /// </summary>
    public bool IsOverdue { get; internal set; }

    /// <summary>How many records are not settled, offered or not.</summary>
    internal int Unsettled => _entries.Count;

    internal int Bytes => _used;

    /// <summary>The document of one record, UTF-8, without a newline.</summary>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            var entry = Offered(index);
            return _bytes.AsMemory(entry.Offset, entry.Length);
        }
    }

    /// <summary>The position of a record in the outbox, unique and rising.</summary>
    public long SequenceOf(int index) => Offered(index).Sequence;

    /// <summary>Tells what became of a record.</summary>
    /// <param name="index">Which of the offered records.</param>
    /// <param name="fate">What became of it.</param>
    /// <param name="reason">Why, for a record that was not stored; free of secrets.</param>
    public void Settle(int index, RecordFate fate, string? reason = null) => _entries[CheckedIndex(index)] = Offered(index) with { Fate = fate, Reason = reason };

    internal (RecordFate Fate, string? Reason) FateOf(int index) => (Offered(index).Fate, Offered(index).Reason);

    internal void Add(long sequence, ReadOnlySpan<byte> document)
    {
        if (_used + document.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + document.Length));
        }

        document.CopyTo(_bytes.AsSpan(_used));
        _entries.Add(new Entry(sequence, _used, document.Length, RecordFate.Retry, null));
        _used += document.Length;
    }

    internal void Clear()
    {
        _entries.Clear();
        _used = 0;
        _offered = 0;
        IsOverdue = false;
    }

    /// <summary>Offers the first records, none of them settled.</summary>
    internal void Offer(int count)
    {
        _offered = Math.Min(count, _entries.Count);
        for (var i = 0; i < _offered; i++)
        {
            _entries[i] = _entries[i] with { Fate = RecordFate.Retry, Reason = null };
        }
    }

    /// <summary>Takes out what needs no further attempt.</summary>
    internal void RemoveSettled()
    {
        _entries.RemoveAll(static entry => entry.Fate is not (RecordFate.Retry or RecordFate.Blocked));
        _offered = 0;
    }

    private Entry Offered(int index) => _entries[CheckedIndex(index)];

    private int CheckedIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _offered);
        return index;
    }

    private readonly record struct Entry(long Sequence, int Offset, int Length, RecordFate Fate, string? Reason);
}
