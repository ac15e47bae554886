using ElectricBrain.Telemetry.Clock;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Intake;

/// <summary>Turns records into documents on their way into the outbox, each under a millisecond that its series has not used. Safe for concurrent callers.</summary>
internal sealed class RecordIntake(ClockKeeper clock)
{
    private readonly Lock _gate = new();
    private readonly DocumentEncoder _encoder = new();
    private readonly DocumentDecoder _decoder = new();

    /// <summary>Refuses what cannot be stored.</summary>
    /// <exception cref="ArgumentException">A record has no series or a value that is not finite; the message names it.</exception>
    public static void Check(ReadOnlySpan<TelemetryRecord> records)
    {
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].Series is null)
            {
                throw new ArgumentException($"Record {i} has no series.", nameof(records));
            }

            if (!double.IsFinite(records[i].Value))
            {
                throw new ArgumentException(
                    $"Record {i}, of {records[i].Series.Key} at {records[i].Timestamp:O}, has the value {records[i].Value}; only finite numbers can be stored. Leave out a reading that failed.",
                    nameof(records));
            }
        }
    }

    /// <summary>Encodes records into a chain of frames.</summary>
    public PendingWrite Encode(ReadOnlySpan<TelemetryRecord> records)
    {
        var write = new PendingWrite();
        lock (_gate)
        {
            var now = clock.Now();
            foreach (ref readonly var record in records)
            {
                var stamp = record.Timestamp.ToUnixTimeMilliseconds();
                var time = clock.Claim(record.Series.Identity.DimensionHash, stamp, now);
                var room = write.Reserve(HeldDocument.HeaderLength + DocumentEncoder.MaximumLength(record.Series));
                if (time.IsHeld)
                {
                    HeldDocument.WriteHeader(room, clock.Boot, time.Milliseconds);
                    write.Advance(HeldDocument.HeaderLength + _encoder.Encode(record.Series, stamp, record.Value, room[HeldDocument.HeaderLength..]));
                }
                else
                {
                    write.Advance(_encoder.Encode(record.Series, time.Milliseconds, record.Value, room, time.Mark));
                }
            }
        }

        return write;
    }

    /// <summary>Frees the times of a write that is not stored, so that repeating it stores the same records.</summary>
    public void Forget(PendingWrite write)
    {
        lock (_gate)
        {
            foreach (var payload in write.Payloads())
            {
                if (HeldDocument.IsHeld(payload.Span))
                {
                    clock.ReleaseHeld(SeriesOf(HeldDocument.DocumentOf(payload.Span), out _), HeldDocument.MonotonicOf(payload.Span));
                }
                else
                {
                    clock.Release(SeriesOf(payload.Span, out var millisecond), millisecond);
                }
            }
        }
    }

    /// <summary>Takes up the time of a record that an earlier process wrote.</summary>
    public void Remember(ReadOnlyMemory<byte> payload)
    {
        try
        {
            if (HeldDocument.IsHeld(payload.Span))
            {
                clock.RestoreHeld(HeldDocument.BootOf(payload.Span), SeriesOf(HeldDocument.DocumentOf(payload.Span), out _), HeldDocument.MonotonicOf(payload.Span));
            }
            else
            {
                clock.Restore(SeriesOf(payload.Span, out var millisecond), millisecond);
            }
        }
        catch (FormatException)
        {
            // Not one of ours: it cannot collide, and the sinks say what they think of it.
        }
    }

    private ulong SeriesOf(ReadOnlySpan<byte> document, out long millisecond)
    {
        var record = _decoder.Decode(document);
        millisecond = record.Timestamp.ToUnixTimeMilliseconds();
        return record.Series.Identity.DimensionHash;
    }
}
