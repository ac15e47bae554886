using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Makes segment files, filled with zeros ahead of their use: appending then changes no metadata of the file, and a commit writes
/// about half of what a growing file costs. What is no longer needed becomes the next one, or goes.
/// </summary>
internal sealed class SegmentFactory(IOutboxFileSystem files, int segmentBytes)
{
    public const string SpareName = "spare.tmp";

    private readonly Lock _gate = new();
    private bool _hasSpare;

    /// <summary>The last failure to delete a file.</summary>
    public string? LastError { get; private set; }

    /// <summary>Fills a spare file unless there is one.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_hasSpare)
            {
                return;
            }

            if (files.List().Contains(SpareName))
            {
                files.Delete(SpareName);
            }

            using var file = files.Open(SpareName, create: true);
            var zeros = new byte[64 << 10];
            for (long offset = 0; offset < segmentBytes; offset += zeros.Length)
            {
                file.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, segmentBytes - offset)), offset);
            }

            file.Sync();
            _hasSpare = true;
        }
    }

    /// <summary>Takes the file of a segment that nobody needs as the spare, or deletes it.</summary>
    public void Retire(OutboxSegment segment)
    {
        if (!TryReuse(segment))
        {
            Delete(segment);
        }
    }

    public void Delete(OutboxSegment segment)
    {
        try
        {
            files.Delete(segment.FileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start finds the file again and sees that it is not needed.
            LastError = e.Message;
        }
    }

    /// <summary>Turns the spare into a segment. The header is durable before the file gets the name that recovery looks for.</summary>
    public SegmentWriter Create(long id, long firstSequence)
    {
        lock (_gate)
        {
            Prepare();
            _hasSpare = false;
            var segment = new OutboxSegment(id, firstSequence, segmentBytes) { End = SegmentHeader.Length };
            var file = files.Open(SpareName, create: false);
            try
            {
                Span<byte> header = stackalloc byte[SegmentHeader.Length];
                SegmentHeader.Write(header, id, firstSequence);
                file.Write(header, 0);
                file.Sync();
                files.Rename(SpareName, segment.FileName);
                files.SyncDirectory();
                return new SegmentWriter(segment, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    /// <summary>
    /// Makes the file of a segment that nobody needs the spare, which spares the disk the filling with zeros. Its old records cannot be taken for new ones, since
    /// their checksums hold the id of the old segment.
    /// </summary>
    private bool TryReuse(OutboxSegment segment)
    {
        lock (_gate)
        {
            if (_hasSpare || segment.FileLength != segmentBytes)
            {
                return false;
            }

            try
            {
                files.Rename(segment.FileName, SpareName);
                return _hasSpare = true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
