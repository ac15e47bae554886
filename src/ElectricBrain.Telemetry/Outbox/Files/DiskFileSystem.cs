using System.Diagnostics;
using System.Globalization;

namespace ElectricBrain.Telemetry.Outbox.Files;

/// <summary>The outbox's directory on a real disk.</summary>
/// <param name="directory">The directory.</param>
/// <param name="isReadOnly">Whether files are only read, beside the process that writes them.</param>
internal sealed class DiskFileSystem(string directory, bool isReadOnly = false) : IOutboxFileSystem
{
    public string Location { get; } = Path.GetFullPath(directory);

    public void Prepare()
    {
        var missing = new Stack<string>();
        for (var path = Location; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        foreach (var path in missing)
        {
            Directory.CreateDirectory(path);
            SyncDirectory(Path.GetDirectoryName(path)!);
        }
    }

    public IReadOnlyList<string> List() => Directory.EnumerateFiles(Location).Select(path => Path.GetFileName(path)).ToArray();

    public IOutboxFile Open(string name, bool create)
    {
        var path = Path.Combine(Location, name);
        var handle = File.OpenHandle(path, create ? FileMode.CreateNew : FileMode.Open, isReadOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new DiskFile(path, handle);
    }

    public void Rename(string from, string to) => File.Move(Path.Combine(Location, from), Path.Combine(Location, to), overwrite: true);

    public void Delete(string name) => File.Delete(Path.Combine(Location, name));

    public void SyncDirectory() => SyncDirectory(Location);

    public IDisposable Lock(string name)
    {
        var path = Path.Combine(Location, name);
        FileStream file;
        try
        {
            // An exclusive share is flock(2) on Linux: the kernel lets go of it however the process ends.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (File.Exists(path) && e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new OutboxInUseException(Location, ReadOwner(name), e);
        }

        // Beside the lock, since .NET lets nobody read a file that is locked.
        File.WriteAllText(OwnerPath(name), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return file;
    }

    /// <summary>The process that holds a lock; null when none does, or it cannot be told.</summary>
    public int? FindOwner(string name)
    {
        if (ReadOwner(name) is not { } owner)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(owner);
            return process.HasExited ? null : owner;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxSync.SyncDirectory(path);
        }
    }

    private string OwnerPath(string name) => Path.Combine(Location, name + ".pid");

    private int? ReadOwner(string name)
    {
        try
        {
            return int.TryParse(File.ReadAllText(OwnerPath(name)), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
