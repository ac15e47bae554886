using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ElectricBrain.Sensors.Calibration;

/// <summary>
/// A calibration of one unit as a JSON file. It is replaced in one step: after a power cut there is the old one or the new one.
/// </summary>
internal static class CalibrationFile
{
    public const string Remedy = "Correct it, or delete the file and calibrate again.";

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file holds something else; the message names the file, the field and the remedy.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async ValueTask<TDocument?> LoadAsync<TDocument>(string path, JsonTypeInfo<TDocument> type, string what, CancellationToken cancellationToken)
        where TDocument : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return Parse(bytes, path, type, what);
    }

    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static async ValueTask SaveAsync<TDocument>(string path, TDocument document, JsonTypeInfo<TDocument> type, CancellationToken cancellationToken)
    {
        var temporary = $"{Path.GetFullPath(path)}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await WriteAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(document, type), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <exception cref="InvalidDataException">The text is something else.</exception>
    public static TDocument Parse<TDocument>(ReadOnlySpan<byte> json, string path, JsonTypeInfo<TDocument> type, string what)
        where TDocument : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"{path} is null and not {what}. {Remedy}");
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } found ? $"field '{found[2..]}'" : "the text";
            throw new InvalidDataException($"{path}, line {exception.LineNumber + 1}: {field} is not as in {what}. {Remedy}", exception);
        }
    }

    public static InvalidDataException Missing(string field, string path) => new($"{path}: field '{field}' is missing. {Remedy}");

    private static async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }
}
