using System.Text.RegularExpressions;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Architecture.Tests;

/// <summary>docs/diagnostics.md lists every log event and every instrument of the packages.</summary>
public sealed partial class DiagnosticsPageTests
{
    [Fact]
    public async Task DiagnosticsPage_EventsAndInstrumentsInTheSources_AreListed()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(WorkingCopy.Root, "docs/diagnostics.md"), TestContext.Current.CancellationToken);
        var sources = Directory.GetFiles(Path.Combine(WorkingCopy.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var events = sources.SelectMany(source => LogEvent().Matches(source)).Select(match => $"| {match.Groups["id"].Value} | {match.Groups["level"].Value} |").ToList();
        var instruments = sources.SelectMany(source => Instrument().Matches(source)).Select(match => $"| `{match.Groups["name"].Value}` |").ToList();
        Assert.NotEmpty(events);
        Assert.NotEmpty(instruments);

        Assert.All(events.Concat(instruments), row => Assert.Contains(row, page, StringComparison.Ordinal));
        Assert.Equal(events.Distinct(), events);
    }

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+), LogLevel\.(?<level>\w+)")]
    private static partial Regex LogEvent();

    [GeneratedRegex("\"(?<name>electricbrain\\.[a-z_.]+)\"")]
    private static partial Regex Instrument();
}
