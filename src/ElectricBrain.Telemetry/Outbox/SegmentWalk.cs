namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Goes through the intact records of one segment in order.</summary>
/// <param name="scanner">The segment.</param>
/// <param name="first">The sequence of its first record.</param>
/// <param name="last">The last sequence that belongs to it; what is behind was never acknowledged.</param>
internal sealed class SegmentWalk(SegmentScanner scanner, long first, long last = long.MaxValue)
{
    /// <summary>The sequence of the record that <see cref="TryNext"/> found last.</summary>
    public long Sequence { get; private set; } = first - 1;

    /// <summary>Where that record ends.</summary>
    public long End { get; private set; } = SegmentHeader.Length;

    /// <summary>Finds the next record; its payload is valid until the next call.</summary>
    public bool TryNext(out ReadOnlySpan<byte> payload)
    {
        while (Sequence < last)
        {
            if (scanner.TryRead(End, out var next, out payload, out var behind) && next > Sequence && next <= last)
            {
                (Sequence, End) = (next, behind);
                return true;
            }

            // A segment has fewer records than bytes: no sequence behind damage can be further than that.
            if (scanner.FindNext(End, Sequence + 1, Math.Min(last, Sequence + scanner.End)) is not (>= 0 and var offset))
            {
                break;
            }

            End = offset;
        }

        payload = default;
        return false;
    }
}
