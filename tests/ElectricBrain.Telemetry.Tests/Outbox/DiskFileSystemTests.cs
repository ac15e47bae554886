using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class DiskFileSystemTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Lock_HeldByARunningProcess_NamesItsProcessId()
    {
        var files = new DiskFileSystem(_directory.File("a/b"));
        files.Prepare();
        using var held = files.Lock("lock");

        var refused = Assert.Throws<OutboxInUseException>(() => files.Lock("lock"));
        Assert.Equal(Environment.ProcessId, refused.ProcessId);
        Assert.Contains($"is in use by process {Environment.ProcessId}; stop that process or choose another outbox directory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_AfterItsOwnerEnded_IsFree()
    {
        var files = new DiskFileSystem(_directory.Path);
        files.Lock("lock").Dispose();
        files.Lock("lock").Dispose();
    }

    [Fact]
    public void Commit_OnARealDisk_IsReadAfterReopening()
    {
        var files = new DiskFileSystem(_directory.File("outbox"));
        using (var log = OutboxLog.Open(files, 1 << 20, 1 << 30, static _ => { }))
        {
            log.Commit(OutboxCrashTests.Frames(["one", "two"]));
        }

        var recovered = new List<int>();
        using var reopened = OutboxLog.Open(files, 1 << 20, 1 << 30, payload => recovered.Add(payload.Length));
        Assert.Equal([3, 3], recovered);
        Assert.Equal(2, reopened.DurableSequence);
    }

    [Fact]
    public void SyncDirectory_MissingDirectory_NamesCallAndPath()
    {
        var failure = Assert.Throws<IOException>(() => new DiskFileSystem(_directory.File("missing")).SyncDirectory());
        Assert.Contains("open of", failure.Message, StringComparison.Ordinal);
        Assert.Contains("missing", failure.Message, StringComparison.Ordinal);
    }
}
