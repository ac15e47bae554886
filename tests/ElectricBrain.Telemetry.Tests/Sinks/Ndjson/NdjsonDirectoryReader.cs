using System.IO.Compression;

namespace ElectricBrain.Telemetry.Tests.Sinks.Ndjson;

/// <summary>The files as any program sees them.</summary>
internal static class NdjsonDirectoryReader
{
    public static string[] Files(string directory) =>
        Directory.GetFiles(directory, "readings-*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Every line of every file, in order.</summary>
    public static string[] Lines(string directory) => Files(directory).SelectMany(file => LinesOf(Path.Combine(directory, file))).ToArray();

    private static string[] LinesOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var text = new StreamReader(stream).ReadToEnd();
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
