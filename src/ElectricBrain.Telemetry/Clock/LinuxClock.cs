using System.Runtime.InteropServices;

namespace ElectricBrain.Telemetry.Clock;

/// <summary>
/// The clock of a Linux machine. Boards that a device tree describes have no clock that runs without power, or one whose battery may be
/// missing: they are believed once time synchronisation says so. Other machines get the time from their firmware or host.
/// </summary>
internal sealed partial class LinuxClock : IClockAuthority
{
    private const int Unsynchronised = 0x40; // STA_UNSYNC
    private const int Failed = -1;

    // What systemd-timesyncd leaves after its first answer, until the next boot.
    private const string SynchronisedMark = "/run/systemd/timesync/synchronized";

    /// <param name="bootId">See <see cref="Outbox.OutboxGrace.ReadBootId"/>.</param>
    public LinuxClock(string? bootId) => Boot = Guid.TryParse(bootId, out var boot) ? boot : null;

    public Guid? Boot { get; }

    // The link is there in a container too, where what it points to is hidden.
    public bool IsTrusted() => new FileInfo("/proc/device-tree").LinkTarget is null || File.Exists(SynchronisedMark) || IsKernelSynchronised();

    /// <summary>adjtimex(2) without a mode changes nothing and needs no right.</summary>
    private static unsafe bool IsKernelSynchronised()
    {
        Timex state = default;
        return AdjTimex(&state) != Failed && (state.Status & Unsynchronised) == 0;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static unsafe partial int AdjTimex(Timex* state);

    /// <summary>struct timex up to its status; words are as long as pointers. The rest is room, more than the structure has.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Timex
    {
        public uint Modes;
        public nint Offset;
        public nint Frequency;
        public nint MaximumError;
        public nint EstimatedError;
        public int Status;
        public fixed byte Rest[256];
    }
}
