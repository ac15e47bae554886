using System.Text.Json;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>The grid that a dashboard's panels lie on.</summary>
internal static class Grid
{
    /// <summary>No two panels overlap, none reaches over the edge, and no row of the grid is left empty.</summary>
    public static void AssertFilled(IEnumerable<JsonElement> panels, int width)
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in panels)
        {
            var (x, y, w, h) = (Number(panel, "x"), Number(panel, "y"), Number(panel, "w"), Number(panel, "h"));
            Assert.True(x >= 0 && w > 0 && h > 0 && x + w <= width, panel.GetRawText());
            Assert.All(Enumerable.Range(0, w * h), i => Assert.True(taken.Add((x + (i % w), y + (i / w))), panel.GetRawText()));
        }

        Assert.Equal(width * (taken.Max(static cell => cell.Y) + 1), taken.Count);
    }

    private static int Number(JsonElement panel, string name) => panel.GetProperty(name).GetInt32();
}
