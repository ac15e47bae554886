using Microsoft.Win32.SafeHandles;

namespace ElectricBrain.Telemetry.Outbox.Files;

internal sealed class DiskFile(string path, SafeFileHandle handle) : IOutboxFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(handle, buffer[total..], offset + total) is var read and > 0)
        {
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void Sync()
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxSync.SyncData(handle, path);
        }
        else
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    public void Dispose() => handle.Dispose();
}
