using ElectricBrain.Samples.SensorAgent.Http;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class HistoryRangeTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 3, 400, TimeSpan.Zero);

    [Fact]
    public void TryParse_Window_EndsAtTheNextMultipleOfTheSpan()
    {
        Assert.True(HistoryRange.TryParse("1h", null, null, "360", Now, out var range, out _));

        Assert.Equal(new DateTimeOffset(2030, 1, 31, 12, 0, 10, TimeSpan.Zero), range.To);
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 11, 0, 10, TimeSpan.Zero), range.From);
        Assert.Equal(10, range.SpanSeconds);
    }

    [Fact]
    public void TryParse_Instants_AreTakenAsTheyAre()
    {
        Assert.True(HistoryRange.TryParse(null, "2030-01-31T10:00:00Z", "2030-01-31T12:00:00+01:00", "60", Now, out var range, out _));

        Assert.Equal(new DateTimeOffset(2030, 1, 31, 10, 0, 0, TimeSpan.Zero), range.From);
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 11, 0, 0, TimeSpan.Zero), range.To);
    }

    [Theory]
    [InlineData("soon", null, null, null, "window")]
    [InlineData("-5m", null, null, null, "window")]
    [InlineData("99999d", null, null, null, "window")]
    [InlineData("5m", "2030-01-31T10:00:00Z", null, null, "window")]
    [InlineData(null, "yesterday", null, null, "from")]
    [InlineData(null, null, "tomorrow", null, "to")]
    [InlineData(null, "2030-01-31T12:00:00Z", "2030-01-31T11:00:00Z", null, "from")]
    [InlineData("5m", null, null, "0", "maxPoints")]
    [InlineData("5m", null, null, "1e9", "maxPoints")]
    public void TryParse_UnusableParameter_NamesIt(string? window, string? from, string? to, string? maxPoints, string name)
    {
        Assert.False(HistoryRange.TryParse(window, from, to, maxPoints, Now, out _, out var problem));

        Assert.StartsWith(name, problem, StringComparison.Ordinal);
    }
}
