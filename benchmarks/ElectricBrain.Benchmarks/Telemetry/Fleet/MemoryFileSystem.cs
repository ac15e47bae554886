using System.Collections.Concurrent;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Benchmarks.Telemetry.Fleet;

/// <summary>The disk of one simulated agent: ten thousand real outboxes would measure this machine's disk.</summary>
internal sealed class MemoryFileSystem : IOutboxFileSystem
{
    private readonly ConcurrentDictionary<string, MemoryFile> _files = new();

    public string Location => "memory";

    public void Prepare()
    {
    }

    public IReadOnlyList<string> List() => [.. _files.Keys];

    public IOutboxFile Open(string name, bool create) => create ? _files[name] = new MemoryFile() : _files[name];

    public void Rename(string from, string to)
    {
        if (_files.TryRemove(from, out var file))
        {
            _files[to] = file;
        }
    }

    public void Delete(string name) => _files.TryRemove(name, out _);

    public void SyncDirectory()
    {
    }

    public IDisposable Lock(string name) => new MemoryFile();
}
