using System.Globalization;

namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Values in the words of the page.</summary>
internal static class Display
{
    /// <summary>A kernel's machine name as the image repositories call it.</summary>
    public static string Architecture(string machine) => machine switch
    {
        "aarch64" or "arm64" => "arm64v8",
        "armv7l" => "arm32v7",
        "armv6l" => "arm32v6",
        "x86_64" or "amd64" => "x86-64",
        "" => "unknown",
        _ => machine,
    };

    /// <summary>Binary units, as the boards are sold.</summary>
    public static string Memory(long bytes) => bytes < 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GB");

    public static string Cpus(double cpus) => cpus.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>An image without its digest.</summary>
    public static string Image(string reference)
    {
        var digest = reference.IndexOf('@', StringComparison.Ordinal);
        return digest < 0 ? reference : reference[..digest];
    }
}
