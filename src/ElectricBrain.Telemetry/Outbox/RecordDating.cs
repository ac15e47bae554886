using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>Turns what the log holds of a record into its document; not thread-safe.</summary>
internal sealed class RecordDating(ClockLedger clock)
{
    private readonly TimestampFormatter _timestamps = new();
    private byte[] _dated = [];

    /// <summary>Dates a held record; false while its boot is not decided on. The result is valid until the next call.</summary>
    public bool TryDate(ref ReadOnlySpan<byte> payload)
    {
        if (!HeldDocument.IsHeld(payload))
        {
            return true;
        }

        long date;
        var mark = ClockMark.Unsynchronised;
        if (clock.TryGet(HeldDocument.BootOf(payload), out var decision))
        {
            (date, mark) = (HeldDocument.MonotonicOf(payload) + decision.Offset, decision.Mark);
        }
        else if (!TimestampFormatter.TryParse(HeldDocument.DocumentOf(payload)[DocumentEncoder.TimestampOffset..], out date))
        {
            // Without the decision, which the disk lost, and without a time: the sinks say what they think of it.
            payload = HeldDocument.DocumentOf(payload);
            return true;
        }

        if (mark == ClockMark.None)
        {
            return false;
        }

        if (_dated.Length < payload.Length)
        {
            _dated = new byte[RecordFrame.MaximumPayload];
        }

        payload = _dated.AsSpan(0, HeldDocument.Restamp(payload, date, mark, _timestamps, _dated));
        return true;
    }
}
