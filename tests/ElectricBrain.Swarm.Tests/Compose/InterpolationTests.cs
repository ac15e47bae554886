using CsCheck;
using ElectricBrain.Swarm.Compose;

namespace ElectricBrain.Swarm.Tests.Compose;

/// <summary>Each expectation was taken from docker CLI 28.2.2 (<c>docker stack config</c>), with A=1 and E empty.</summary>
public sealed class InterpolationTests
{
    [Theory]
    [InlineData("x${A}${B:-d}${B-e}${E:-f}${E-g}$$h${B}", "x1def$h")]
    [InlineData("${A:-${B}}", "1}")]
    [InlineData("$A-$A_", "1-")]
    [InlineData("${A:?no}${A?no}", "11")]
    [InlineData("plain", "plain")]
    public void Apply_Template_GivesWhatDockerGives(string template, string expected)
    {
        (string text, string? problem) = Interpolation.Apply(template, Variables);
        Assert.Null(problem);
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("${B:?must be set}", "must be set")]
    [InlineData("${E:?}", "E is required")]
    [InlineData("$(A)", "'$$'")]
    [InlineData("${A:+z}", "'$$'")]
    [InlineData("${A", "'$$'")]
    [InlineData("100$", "'$$'")]
    public void Apply_WrongTemplate_SaysWhy(string template, string expected) =>
        Assert.Contains(expected, Interpolation.Apply(template, Variables).Problem, StringComparison.Ordinal);

    [Fact]
    public void Apply_EscapedText_IsTheText() => Gen.String.Sample(text =>
    {
        (string result, string? problem) = Interpolation.Apply(text.Replace("$", "$$", StringComparison.Ordinal), Variables);
        return problem is null && result == text;
    });

    [Fact]
    public void Parse_VariableWhereANumberIsWanted_CountsAsNumber()
    {
        Assert.Equal(3, Read.Service("deploy: {replicas: '${N}'}", ("N", "3")).Replicas);
        Assert.True(Read.Service("tty: '${B:-yes}'").HasTerminal);
        Assert.Equal("0123", Read.Service("hostname: ${N}", ("N", "0123")).Hostname);
        Assert.Equal("0123", Read.Service("environment: {A: '${N}'}", ("N", "0123")).Environment["A"]);
    }

    private static string? Variables(string name) => name switch { "A" => "1", "E" => "", _ => null };
}
