using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// Makes segment files ahead of their use, with blocks that were written before: appending then changes no metadata of the file, which
/// a commit would have to write too. Files are used again, those of delivered segments and those of segments that were compressed;
/// only where there is none is a new one filled with zeros.
/// </summary>
internal sealed class SegmentFactory(IOutboxFileSystem files, SegmentCompressor compressor, int segmentBytes)
{
    public const string SpareName = "spare.tmp";

    private readonly Lock _gate = new();
    private bool _hasSpare;
    private bool _isClosed;

    /// <summary>The last failure to delete a file.</summary>
    public string? LastError { get; private set; }

    /// <summary>Makes a spare file ready unless there is one.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_hasSpare || _isClosed)
            {
                return;
            }

            files.DeleteIfThere(SpareName);
            if (!compressor.TryFreeFile(SpareName))
            {
                Fill();
            }

            _hasSpare = true;
        }
    }

    /// <summary>Waits for what is being made ready: afterwards the directory belongs to somebody else.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
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

    private void Fill()
    {
        using var file = files.Open(SpareName, create: true);
        var zeros = new byte[64 << 10];
        for (long offset = 0; offset < segmentBytes; offset += zeros.Length)
        {
            file.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, segmentBytes - offset)), offset);
        }

        file.Sync();
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
