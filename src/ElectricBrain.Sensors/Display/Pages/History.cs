namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>
/// The latest values, summed up in slots of equal length that are counted from the start of time, so that a graph moves by whole
/// columns. It keeps as many slots as it has room for and allocates nothing.
/// </summary>
internal sealed class History(int capacity, TimeSpan slotLength)
{
    private readonly Slot[] _slots = new Slot[capacity];

    public int Capacity => capacity;

    public TimeSpan SlotLength => slotLength;

    public long SlotOf(TimeSpan time) => time.Ticks / slotLength.Ticks;

    /// <returns>Whether it is the first value of its slot: an old slot may have made room for it.</returns>
    public bool Add(TimeSpan time, double value)
    {
        var number = SlotOf(time);
        ref var slot = ref _slots[number % capacity];
        var isFirst = slot.Number != number || slot.Count == 0;
        if (isFirst)
        {
            slot = new Slot { Number = number, Least = value, Most = value };
        }

        slot.Sum += value;
        slot.Count++;
        slot.Least = Math.Min(slot.Least, value);
        slot.Most = Math.Max(slot.Most, value);
        return isFirst;
    }

    /// <summary>The lowest and highest value of the slots up to one, as far as they are kept.</summary>
    /// <returns>False without any value.</returns>
    public bool TryGetExtremes(long last, out double least, out double most)
    {
        (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (ref readonly var slot in _slots.AsSpan())
        {
            if (slot.Count > 0 && slot.Number <= last && slot.Number > last - capacity)
            {
                least = Math.Min(least, slot.Least);
                most = Math.Max(most, slot.Most);
            }
        }

        return least <= most;
    }

    /// <summary>The mean of some slots.</summary>
    /// <returns>False without any value.</returns>
    public bool TryGetMean(long first, long last, out double mean)
    {
        var (sum, count) = (0.0, 0);
        for (var number = Math.Max(0, first); number <= last; number++)
        {
            if (TryFind(number, out var slot))
            {
                sum += slot.Sum;
                count += slot.Count;
            }
        }

        mean = sum / count;
        return count > 0;
    }

    private bool TryFind(long number, out Slot slot)
    {
        slot = number >= 0 ? _slots[number % capacity] : default;
        return slot.Count > 0 && slot.Number == number;
    }

    private record struct Slot
    {
        public long Number;
        public int Count;
        public double Sum;
        public double Least;
        public double Most;
    }
}
