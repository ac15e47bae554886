using System.Globalization;
using System.Text;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class KillTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Commit_ProcessKilledAgainAndAgain_KeepsEveryReportedRecordOnceInOrder()
    {
        var random = new Random(3);
        var reported = new List<int>();
        var next = 0;
        for (var round = 0; round < 8; round++)
        {
            var last = KilledWriter.RunAndKill(_directory.Path, next, random.Next(1, 120));
            reported.AddRange(Enumerable.Range(next, last - next + 1));
            var found = Read();
            Assert.Equal(reported, found.Take(reported.Count));

            // A commit that was not reported may be there or not, whole or in part; the next writer starts behind it.
            var unreported = found.Skip(reported.Count).ToList();
            Assert.Equal(Enumerable.Range(last + 1, unreported.Count), unreported);
            Assert.InRange(unreported.Count, 0, 10);
            reported.AddRange(unreported);
            next = reported.Count;
        }
    }

    private List<int> Read()
    {
        using var log = OutboxLog.Open(new DiskFileSystem(_directory.Path), 256 << 10, 1L << 30, static _ => { });
        using var reader = log.OpenReader(0);
        var batch = new TelemetryBatch();
        reader.Read(batch, int.MaxValue, int.MaxValue);
        batch.Offer(int.MaxValue);
        Assert.Equal(0, reader.Corrupt);
        return Enumerable.Range(0, batch.Count).Select(i => int.Parse(Encoding.ASCII.GetString(batch[i].Span)[..9], CultureInfo.InvariantCulture)).ToList();
    }
}
