using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>A file of <see cref="UnreliableDisk"/>: what programs see of it, and what the platter has.</summary>
internal sealed class UnreliableFile(UnreliableDisk disk, byte[] contents) : IOutboxFile
{
    private const int Sector = 512;

    private readonly HashSet<int> _dirty = [];
    private byte[] _platter = contents;

    /// <summary>What programs see.</summary>
    public byte[] Contents { get; private set; } = [.. contents];

    public long Length => Contents.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        disk.Call();
        var available = Contents.AsSpan((int)Math.Min(offset, Contents.Length));
        var read = Math.Min(available.Length, buffer.Length);
        available[..read].CopyTo(buffer);
        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.Call();
        disk.FailNowAndThen("write");
        if (offset + bytes.Length > Contents.Length)
        {
            Contents = Resized(Contents, (int)offset + bytes.Length);
        }

        bytes.CopyTo(Contents.AsSpan((int)offset));
        for (var sector = (int)offset / Sector; sector * Sector < offset + bytes.Length; sector++)
        {
            _dirty.Add(sector);
        }
    }

    public void Sync()
    {
        disk.Call();
        try
        {
            disk.FailNowAndThen("sync");
        }
        catch (IOException)
        {
            // As Linux does: the pages are clean now, whether they reached the platter or not.
            KeepSome(disk.Chance);
            _dirty.Clear();
            throw;
        }

        KeepSome(static () => true);
        _dirty.Clear();
    }

    public void Truncate(long length)
    {
        disk.Call();
        Contents = Resized(Contents, (int)length);
    }

    public void LosePower(Random random)
    {
        KeepSome(() => random.Next(2) == 0);
        _dirty.Clear();
        Contents = [.. _platter];
    }

    public void Dispose()
    {
        // The file outlives its handles.
    }

    private void KeepSome(Func<bool> kept)
    {
        if (kept())
        {
            _platter = Resized(_platter, Contents.Length);
        }

        foreach (var sector in _dirty.Where(sector => kept()))
        {
            var start = sector * Sector;
            var length = Math.Min(Sector, Math.Min(Contents.Length, _platter.Length) - start);
            if (length > 0)
            {
                Contents.AsSpan(start, length).CopyTo(_platter.AsSpan(start));
            }
        }
    }

    private static byte[] Resized(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
