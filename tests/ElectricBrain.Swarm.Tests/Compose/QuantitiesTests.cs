using CsCheck;
using ElectricBrain.Swarm.Compose;

namespace ElectricBrain.Swarm.Tests.Compose;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1h15m30.918s", 4_530_918)]
    [InlineData("250ms", 250)]
    [InlineData("0", 0)]
    [InlineData("2000us", 2)]
    public void Duration_Text_IsRead(string text, double milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Quantities.Duration(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("1d")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("99999999999999999999h")]
    public void Duration_Nonsense_IsNothing(string text) => Assert.Null(Quantities.Duration(text));

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("64M", 67_108_864)]
    [InlineData("64mb", 67_108_864)]
    [InlineData("64MiB", 67_108_864)]
    [InlineData("1.5g", 1_610_612_736)]
    [InlineData("10b", 10)]
    [InlineData("1 k", 1024)]
    public void Bytes_Text_IsRead(string text, long bytes) => Assert.Equal(bytes, Quantities.Bytes(text));

    [Theory]
    [InlineData("5q")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("99999999999P")]
    public void Bytes_Nonsense_IsNothing(string text) => Assert.Null(Quantities.Bytes(text));

    [Fact]
    public void Duration_AnyText_NeverThrows() => Gen.String[Gen.Char["0123456789.hmsunµ"], 0, 30].Sample(text => { Quantities.Duration(text); });

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("a 'b c' \"d \\\" e\" f\\ g", "a|b c|d \" e|f g")]
    [InlineData("\"\" x", "|x")]
    [InlineData("a\"b\"c", "abc")]
    public void Split_Line_AsAShellDoes(string line, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(line));

    [Fact]
    public void Split_QuotedWords_AreTheWords() => Gen.String[Gen.Char.AlphaNumeric, 1, 8].Array[0, 6].Sample(words =>
        ShellWords.Split(string.Join(' ', words.Select(word => $"'{word} x'")))!.SequenceEqual(words.Select(word => $"{word} x")));
}
