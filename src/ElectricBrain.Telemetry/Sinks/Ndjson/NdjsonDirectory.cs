using System.IO.Compression;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>The closed files: found again after a crash, compressed, and deleted when there are too many.</summary>
internal sealed class NdjsonDirectory(IOutboxFileSystem files, NdjsonOptions options)
{
    private const string Unfinished = ".tmp";

    /// <summary>The files, oldest first.</summary>
    public List<NdjsonFile> List() => files.List()
        .Select(static name => (Is: NdjsonFile.TryParse(name, out var file), File: file))
        .Where(static found => found.Is)
        .Select(static found => found.File)
        .OrderBy(static file => file.Number)
        .ToList();

    /// <summary>Takes away what a crash left of a compression: a half-made file, or the plain file beside the finished one.</summary>
    public void CleanUp()
    {
        foreach (var name in files.List().Where(static name => name.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            files.Delete(name);
        }

        foreach (var twice in List().GroupBy(static file => file.Number).Where(static group => group.Count() > 1))
        {
            files.Delete(new NdjsonFile(twice.Key, IsCompressed: false).Name);
        }
    }

    /// <summary>Deletes the oldest files beyond the limits, then compresses what is closed for longer than one file.</summary>
    public void Tidy(CancellationToken cancellationToken)
    {
        CleanUp();
        var all = List();
        var sizes = all.ConvertAll(file => Size(file.Name));

        // The newest is in use and will grow to its full size.
        var total = sizes.SkipLast(1).Sum() + options.MaxFileBytes;
        var excess = 0;

        // The one before the newest may be about to be read.
        while (excess < all.Count - 2 && (all.Count - excess > options.MaxFiles || total > options.MaxTotalBytes))
        {
            files.Delete(all[excess].Name);
            total -= sizes[excess++];
        }

        if (options.CompressClosedFiles)
        {
            foreach (var file in all.Skip(excess).SkipLast(2).Where(static file => !file.IsCompressed))
            {
                Compress(file, cancellationToken);
            }
        }
    }

    /// <summary>Reads the lines of a file from a position on.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Bytes to leave out.</param>
    /// <param name="action">Called for each whole line.</param>
    public void Read(NdjsonFile file, long from, Action<ReadOnlySpan<byte>> action)
    {
        using var opened = files.Open(file.Name, create: false);
        using var raw = new SequentialStream(opened, file.IsCompressed ? 0 : from);
        using var stream = file.IsCompressed ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
        var reader = new LineReader(stream);
        try
        {
            while (reader.TryRead(out var line))
            {
                action(line);
            }
        }
        catch (InvalidDataException)
        {
            // A damaged archive ends where it can no longer be read.
        }
    }

    private long Size(string name)
    {
        using var file = files.Open(name, create: false);
        return file.Length;
    }

    private void Compress(NdjsonFile file, CancellationToken cancellationToken)
    {
        var finished = file with { IsCompressed = true };
        var unfinished = finished.Name + Unfinished;
        using (var source = files.Open(file.Name, create: false))
        using (var target = files.Open(unfinished, create: true))
        {
            using (var gzip = new GZipStream(new SequentialStream(target), CompressionLevel.Optimal))
            {
                var buffer = new byte[128 << 10];
                using var input = new SequentialStream(source);
                while (input.Read(buffer) is var read and > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    gzip.Write(buffer.AsSpan(0, read));
                }
            }

            target.Sync();
        }

        files.Rename(unfinished, finished.Name);
        files.SyncDirectory();
        files.Delete(file.Name);
    }
}
