using System.Text.RegularExpressions;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>The page that says what becomes of the records names the test of each answer.</summary>
public sealed partial class AnswerTableTests
{
    private static readonly string[] Projects = ["ElectricBrain.Integration.Tests", "ElectricBrain.Telemetry.Tests"];

    [Fact]
    public void Page_NamesOfTests_AreThoseOfTests()
    {
        var page = File.ReadAllText(Path.Combine(WorkingCopy.Root, "docs", "guides", "elasticsearch.md"));
        var tests = string.Concat(Projects
            .SelectMany(static project => Directory.GetFiles(Path.Combine(WorkingCopy.Root, "tests", project), "*Tests.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText));
        var named = TestName().Matches(page);
        Assert.NotEmpty(named);
        Assert.All(named, match =>
        {
            Assert.Contains($"class {match.Groups["class"].Value}", tests, StringComparison.Ordinal);
            Assert.Contains($" {match.Groups["method"].Value}(", tests, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex TestName();
}
