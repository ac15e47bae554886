using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Intake;

/// <summary>Turns records into documents on their way into the outbox, each under a millisecond that its series has not used. Safe for concurrent callers.</summary>
internal sealed class RecordIntake
{
    private readonly Lock _gate = new();
    private readonly DocumentEncoder _encoder = new();
    private readonly DocumentDecoder _decoder = new();
    private readonly TimestampGuard _timestamps = new();

    /// <summary>How many timestamps were moved.</summary>
    public long Moved => _timestamps.Moved;

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

    public PendingWrite Encode(ReadOnlySpan<TelemetryRecord> records)
    {
        var write = new PendingWrite();
        lock (_gate)
        {
            foreach (ref readonly var record in records)
            {
                var millisecond = _timestamps.Claim(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
                var room = write.Reserve(DocumentEncoder.MaximumLength(record.Series));
                write.Advance(_encoder.Encode(record.Series, millisecond, record.Value, room));
            }
        }

        return write;
    }

    /// <summary>Frees the timestamps of a write that is not stored, so that repeating it stores the same records.</summary>
    public void Forget(PendingWrite write)
    {
        lock (_gate)
        {
            foreach (var payload in write.Payloads())
            {
                var record = _decoder.Decode(payload.Span);
                _timestamps.Release(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
            }
        }
    }

    /// <summary>Takes up the timestamp of a record that an earlier process wrote.</summary>
    public void Remember(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var record = _decoder.Decode(payload.Span);
            _timestamps.Restore(record.Series.Identity.DimensionHash, record.Timestamp.ToUnixTimeMilliseconds());
        }
        catch (FormatException)
        {
            // Not one of ours: it cannot collide, and the sinks say what they think of it.
        }
    }
}
