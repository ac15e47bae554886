using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Finds out what an outbox holds after its last process ended, however it ended. Nothing on disk makes it give up: what cannot be
/// read is set aside.
/// </summary>
/// <param name="files">The directory.</param>
/// <param name="rememberedBytes">How much of the newest records is shown to the caller, at least, where the log has that much.</param>
internal sealed class OutboxRecovery(IOutboxFileSystem files, int rememberedBytes)
{
    /// <summary>The readable segments, oldest first.</summary>
    public List<OutboxSegment> Segments { get; } = [];

    /// <summary>The last record that is intact; 0 when there is none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The highest id that any segment had.</summary>
    public long LastSegmentId { get; private set; }

    /// <summary>Files in which nothing could be read; they are kept under a name that ends in <c>.damaged</c>.</summary>
    public List<string> Damaged { get; } = [];

    /// <summary>Reads the directory. The newest segment is read through; its records, and some before them, are shown to <paramref name="recovered"/>.</summary>
    public void Run(Action<ReadOnlyMemory<byte>> recovered)
    {
        foreach (var name in files.List().Order(StringComparer.Ordinal).ToArray())
        {
            if (name.EndsWith(".tmp", StringComparison.Ordinal))
            {
                files.Delete(name);
            }
            else if (SegmentHeader.TryParseFileName(name, out var id, out var isCompressed))
            {
                LastSegmentId = id;
                AddSegment(name, id, isCompressed);
            }
        }

        if (Segments.Count > 0)
        {
            ReadThrough(Segments[^1]);
            Show(recovered);
        }
    }

    private void AddSegment(string name, long id, bool isCompressed)
    {
        using var file = files.Open(name, create: false);
        var header = new byte[SegmentHeader.Length];
        var read = file.Read(header, 0);
        if (SegmentHeader.TryRead(header.AsSpan(0, read), id, out var first) || TryFindFirst(file, id, isCompressed, out first))
        {
            OutboxSegment.Append(Segments, new OutboxSegment(id, first, file.Length, isCompressed)).ForEach(superseded => files.Delete(superseded.FileName));
        }
        else
        {
            files.Rename(name, name + ".damaged");
            Damaged.Add(name);
        }
    }

    private static bool TryFindFirst(IOutboxFile file, long id, bool isCompressed, out long first)
    {
        // The file belongs to the caller, so this scanner is not disposed.
        var contents = isCompressed ? new CompressedSegment(file, id) : file;
        var scanner = new SegmentScanner(contents, id, contents.Length);
        var offset = scanner.FindNext(SegmentHeader.Length - 1, 1, long.MaxValue);
        first = 0;
        return offset >= 0 && scanner.TryRead(offset, out first, out _, out _);
    }

    /// <summary>Shows the newest records, oldest first. Each start begins a segment, and so the newest alone may hold next to nothing.</summary>
    private void Show(Action<ReadOnlyMemory<byte>> recovered)
    {
        var first = Segments.Count - 1;
        for (var bytes = Length(Segments[first]); first > 0 && bytes < rememberedBytes; bytes += Length(Segments[first]))
        {
            first--;
        }

        for (; first < Segments.Count; first++)
        {
            var segment = Segments[first];
            using var scanner = new SegmentScanner(segment.Open(files), segment.Id, segment.End);
            var walk = new SegmentWalk(scanner, segment.FirstSequence, first + 1 < Segments.Count ? Segments[first + 1].FirstSequence - 1 : LastSequence);
            while (walk.TryNext(out var payload))
            {
                recovered(payload.ToArray());
            }
        }
    }

    /// <summary>About how much a segment holds: a compressed one was full.</summary>
    private long Length(OutboxSegment segment) => segment.IsCompressed ? rememberedBytes : segment.FileLength;

    private void ReadThrough(OutboxSegment segment)
    {
        using var file = segment.Open(files);
        var walk = new SegmentWalk(new SegmentScanner(file, segment.Id, segment.End), segment.FirstSequence);
        while (walk.TryNext(out _))
        {
        }

        LastSequence = walk.Sequence;
        if (!segment.IsCompressed)
        {
            Seal(segment, file, walk.End);
        }
    }

    /// <summary>
    /// Cuts off the torn tail and the zeros, so that a restart costs no space. What was read is made durable first: it may have been
    /// in the page cache only, and will be delivered as if it were safe.
    /// </summary>
    private void Seal(OutboxSegment segment, IOutboxFile file, long end)
    {
        try
        {
            file.Sync();
            if (end < segment.FileLength)
            {
                file.Truncate(end);
                file.Sync();
            }
        }
        catch (IOException)
        {
            // A file whose sync failed is not trusted again, here as little as while writing.
            Copy(segment, file, end);
        }

        Segments[^1] = new OutboxSegment(segment.Id, segment.FirstSequence, end);
    }

    private void Copy(OutboxSegment segment, IOutboxFile file, long end)
    {
        const string Name = "copy.tmp";
        files.DeleteIfThere(Name);
        var contents = new byte[end];
        file.Read(contents, 0);
        using var copy = files.Open(Name, create: true);
        copy.Write(contents, 0);
        copy.Sync();
        files.Rename(Name, segment.FileName);
        files.SyncDirectory();
    }
}
