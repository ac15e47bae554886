using System.Text.Json;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Ndjson;

public sealed class NdjsonKillTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Files_PipelineKilledAgainAndAgain_HoldEveryAcknowledgedRecordOnceInOrder()
    {
        var random = new Random(7);
        var expected = new List<int>();
        var next = 0;
        for (var round = 0; round < 8; round++)
        {
            var last = KilledPipeline.RunAndKill(_directory.Path, next, random.Next(20, 120));
            expected.AddRange(Enumerable.Range(next, last - next + 1));

            // A write that was not acknowledged may be there or not; its numbers are not used again.
            next = last + 1000;
        }

        await using (var pipeline = KilledPipeline.Create(_directory.Path))
        {
            await pipeline.StartAsync(TestContext.Current.CancellationToken);
            await pipeline.StopAsync(TestContext.Current.CancellationToken);
        }

        var found = NdjsonDirectoryReader.Lines(_directory.File("files"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetInt32())
            .ToList();
        Assert.Equal(found.Distinct(), found);
        Assert.Equal(found.Order(), found);
        Assert.Equal(expected, found.Intersect(expected));
        Assert.InRange(found.Count - expected.Count, 0, 8 * 20);
    }
}
