using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

/// <summary>A pseudo-terminal of the kernel: what is written to one end arrives at the other, through the real terminal layer.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;

    private readonly FileStream _master;

    public PseudoTerminal()
    {
        var master = Check(OpenMaster(ReadWrite | NoControllingTerminal));
        _master = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        Check(Grant(master));
        Check(Unlock(master));
        Span<byte> name = stackalloc byte[128];
        Check(NameOf(master, ref MemoryMarshal.GetReference(name), name.Length));
        Path = System.Text.Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
    }

    /// <summary>The end that a program opens as a serial port.</summary>
    public string Path { get; }

    public void Write(ReadOnlySpan<byte> bytes) => _master.Write(bytes);

    /// <summary>What the program at the other end has written, as much as asked for.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        _master.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => _master.Dispose();

    private static int Check(int result) => result >= 0 ? result : throw new IOException($"Error {Marshal.GetLastPInvokeError()} with a pseudo-terminal.");

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(int master, ref byte name, nint length);
}
