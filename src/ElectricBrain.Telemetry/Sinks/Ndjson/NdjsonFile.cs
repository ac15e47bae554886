using System.Globalization;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>One file by its name: <c>readings-00000042.ndjson</c>, or with <c>.gz</c> when it is compressed.</summary>
/// <param name="Number">Rises from file to file.</param>
/// <param name="IsCompressed">Whether it is a gzip file.</param>
internal readonly record struct NdjsonFile(long Number, bool IsCompressed)
{
    private const string Prefix = "readings-";
    private const string Plain = ".ndjson";
    private const string Compressed = ".ndjson.gz";

    public string Name => Prefix + Number.ToString("D8", CultureInfo.InvariantCulture) + (IsCompressed ? Compressed : Plain);

    public static bool TryParse(string name, out NdjsonFile file)
    {
        var isCompressed = name.EndsWith(Compressed, StringComparison.Ordinal);
        var extension = isCompressed ? Compressed : Plain;
        file = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(extension, StringComparison.Ordinal)
            || !long.TryParse(name.AsSpan(Prefix.Length, Math.Max(0, name.Length - Prefix.Length - extension.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        file = new NdjsonFile(number, isCompressed);
        return file.Name == name;
    }
}
