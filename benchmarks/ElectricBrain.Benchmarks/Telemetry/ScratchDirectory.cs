namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>A directory below the working directory, so that a run can be put on the disk in question; gone when disposed.</summary>
internal sealed class ScratchDirectory(string name) : IDisposable
{
    public string Path { get; } = System.IO.Path.GetFullPath($"{name}-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
