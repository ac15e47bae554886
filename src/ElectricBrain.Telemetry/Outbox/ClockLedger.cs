using System.Buffers.Binary;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// The durable decisions on the clock, one a boot. None of a boot's held readings leaves before its decision is here, and a decision never
/// changes: each delivery of a reading gives the same bytes. The file is replaced as a whole; an entry is its fields, little-endian, and their CRC-32C.
/// </summary>
internal sealed class ClockLedger
{
    private const string Name = "clock";
    private const int EntryLength = 48;

    private readonly Lock _gate = new();
    private readonly IOutboxFileSystem _files;
    private readonly Dictionary<Guid, ClockDecision> _decisions = [];

    public ClockLedger(IOutboxFileSystem files)
    {
        _files = files;
        if (!files.List().Contains(Name))
        {
            return;
        }

        using var file = files.Open(Name, create: false);
        var entry = new byte[EntryLength];
        for (var offset = 0L; file.Read(entry, offset) == EntryLength; offset += EntryLength)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(44)) == Checksum(entry))
            {
                var decision = Read(entry);
                _decisions[decision.Boot] = decision;
            }
        }
    }

    public bool TryGet(Guid boot, out ClockDecision decision)
    {
        lock (_gate)
        {
            return _decisions.TryGetValue(boot, out decision);
        }
    }

    public IReadOnlyList<ClockDecision> All()
    {
        lock (_gate)
        {
            return [.. _decisions.Values];
        }
    }

    /// <summary>Makes decisions durable, and only then known; those that are not needed any more can go with them.</summary>
    public void Save(IEnumerable<ClockDecision> changed, Predicate<ClockDecision>? isNeeded = null)
    {
        lock (_gate)
        {
            var next = new Dictionary<Guid, ClockDecision>(_decisions);
            foreach (var decision in changed)
            {
                next[decision.Boot] = decision;
            }

            foreach (var decision in next.Values.Where(decision => isNeeded?.Invoke(decision) == false).ToArray())
            {
                next.Remove(decision.Boot);
            }

            if (next.Count == _decisions.Count && next.Values.All(decision => _decisions.TryGetValue(decision.Boot, out var known) && known == decision))
            {
                return;
            }

            Write(next.Values);
            _decisions.Clear();
            foreach (var decision in next.Values)
            {
                _decisions[decision.Boot] = decision;
            }
        }
    }

    private void Write(Dictionary<Guid, ClockDecision>.ValueCollection decisions)
    {
        const string Temporary = Name + ".tmp";
        _files.DeleteIfThere(Temporary);
        var contents = new byte[decisions.Count * EntryLength];
        var entry = contents.AsSpan();
        foreach (var decision in decisions)
        {
            Write(decision, entry[..EntryLength]);
            entry = entry[EntryLength..];
        }

        using (var file = _files.Open(Temporary, create: true))
        {
            file.Write(contents, 0);
            file.Sync();
        }

        _files.Rename(Temporary, Name);
        _files.SyncDirectory();
    }

    private static void Write(ClockDecision decision, Span<byte> entry)
    {
        decision.Boot.TryWriteBytes(entry);
        BinaryPrimitives.WriteInt32LittleEndian(entry[16..], (int)decision.Mark);
        BinaryPrimitives.WriteInt64LittleEndian(entry[20..], decision.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(entry[28..], decision.Since);
        BinaryPrimitives.WriteInt64LittleEndian(entry[36..], decision.Through);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[44..], Checksum(entry));
    }

    private static ClockDecision Read(ReadOnlySpan<byte> entry) => new(
        new Guid(entry[..16]),
        (ClockMark)BinaryPrimitives.ReadInt32LittleEndian(entry[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[20..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[28..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[36..]));

    private static uint Checksum(ReadOnlySpan<byte> entry) => Crc32C.Finish(Crc32C.Add(Crc32C.Start, entry[..44]));
}
