using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ElectricBrain.Telemetry.Outbox.Files;

/// <summary>
/// What .NET has no call for: fdatasync(2), which spares the write of the inode that fsync(2) makes for a changed time of
/// modification, and fsync of a directory, without which a new or renamed file may be gone after a power loss.
/// </summary>
internal static partial class LinuxSync
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    private const int Interrupted = 4; // EINTR

    public static void SyncData(SafeFileHandle file, string path)
    {
        while (FDataSync(file) != 0)
        {
            ThrowUnlessInterrupted("fdatasync", path);
        }
    }

    public static void SyncDirectory(string path)
    {
        using var directory = Open(path, ReadOnlyCloseOnExec);
        if (directory.IsInvalid)
        {
            throw Failed("open", path);
        }

        while (FSync(directory) != 0)
        {
            ThrowUnlessInterrupted("fsync", path);
        }
    }

    private static void ThrowUnlessInterrupted(string call, string path)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw Failed(call, path);
        }
    }

    private static IOException Failed(string call, string path)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"{call} of {path} failed: {error.Message}.", error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
