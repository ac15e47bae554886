using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Architecture.Tests;

/// <summary>The README shows the examples that the AOT smoke app compiles and runs, to the letter.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("SensorsExample.cs")]
    [InlineData("TelemetryExample.cs")]
    [InlineData("SwarmExample.cs")]
    public async Task Readme_ExampleOfAPackage_IsTheCompiledOne(string file)
    {
        var source = await File.ReadAllLinesAsync(Path.Combine(WorkingCopy.Root, "tests/ElectricBrain.AotSmoke/Examples", file), TestContext.Current.CancellationToken);
        var readme = await File.ReadAllTextAsync(Path.Combine(WorkingCopy.Root, "README.md"), TestContext.Current.CancellationToken);

        Assert.Contains(ExampleIn(source), readme, StringComparison.Ordinal);
    }

    private static string ExampleIn(string[] source)
    {
        var usings = source.Where(line => line.StartsWith("using ", StringComparison.Ordinal));
        var lines = source.SkipWhile(line => line.Trim() != "// <example>").Skip(1).TakeWhile(line => line.Trim() != "// </example>").ToList();
        Assert.NotEmpty(lines);

        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', [.. usings, "", .. lines.Select(line => line.Length > indent ? line[indent..] : "")]) + '\n';
    }
}
