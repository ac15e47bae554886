using System.Text.Json;
using System.Text.RegularExpressions;
using ElectricBrain.Samples.SensorAgent;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>What Grafana would otherwise find wrong in silence: the form of the dashboards, and what they name.</summary>
public sealed partial class GrafanaDashboardTests
{
    // The panels and units are those of Grafana 12 (@grafana/schema, and the value formats of @grafana/data).
    private static readonly HashSet<string> PanelTypes = ["row", "stat", "table", "timeseries"];
    private static readonly HashSet<string> Units = ["celsius", "percent", "pressurehpa", "lux", "dB", "conμgm3", "kohm", "short", "s", "dateTimeFromNow"];

    [Theory]
    [InlineData("elasticsearch", "elasticsearch")]
    [InlineData("sqlite", "frser-sqlite-datasource")]
    public void Dashboard_EveryReference_IsToTheChosenStore(string store, string plugin)
    {
        var dashboard = GrafanaDashboard.Read(store);

        Assert.Equal(plugin, KibanaObjects.Text(dashboard.Variable("datasource"), "query"));
        var references = Find(dashboard.Root, "datasource").Where(static one => one.ValueKind == JsonValueKind.Object && KibanaObjects.Text(one, "uid") != "-- Grafana --").ToArray();
        Assert.True(references.Length > dashboard.Targets.Count());
        Assert.All(references, one => Assert.Equal((plugin, "${datasource}"), (KibanaObjects.Text(one, "type"), KibanaObjects.Text(one, "uid"))));
        Assert.All(dashboard.Targets, static one => Assert.True(one.Target.TryGetProperty("datasource", out _)));
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("sqlite")]
    public void Dashboard_ItsPanels_AreKnownAndLieSideBySide(string store)
    {
        var panels = GrafanaDashboard.Read(store).Panels.ToArray();

        Assert.All(panels, static panel => Assert.Contains(KibanaObjects.Text(panel, "type"), PanelTypes));
        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(static panel => KibanaObjects.Text(panel, "title")).Distinct().Count());
        Grid.AssertFilled(panels.Select(static panel => panel.GetProperty("gridPos")), width: 24);
        Assert.All(panels.Where(static panel => panel.TryGetProperty("targets", out _)), static panel =>
        {
            var targets = panel.GetProperty("targets").EnumerateArray().Select(static target => KibanaObjects.Text(target, "refId")).ToArray();
            Assert.Equal(targets.Distinct(), targets);
        });
        Assert.All(panels.SelectMany(static panel => Find(panel, "unit")), static unit => Assert.Contains(unit.GetString()!, Units));
        Assert.All(panels.SelectMany(static panel => Find(panel, "thresholds")).SelectMany(static one => Find(one, "steps")), static steps =>
        {
            // Grafana takes the first step for everything below the second, and expects the others to rise.
            var values = steps.EnumerateArray().Select(static step => step.GetProperty("value")).ToArray();
            Assert.Equal(JsonValueKind.Null, values[0].ValueKind);
            var rising = values[1..].Select(static value => value.GetDouble()).ToArray();
            Assert.Equal(rising.Order().Distinct(), rising);
        });
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("sqlite")]
    public void Dashboard_ItsVariables_AreAllDefinedAndUsed(string store)
    {
        var dashboard = GrafanaDashboard.Read(store);
        var defined = dashboard.Variables.Select(static variable => KibanaObjects.Text(variable, "name")).ToHashSet();

        var used = VariablePattern().Matches(dashboard.Root.GetRawText()).Select(static match => match.Groups[1].Value).Where(static name => !name.StartsWith("__", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(defined, used);
    }

    [Fact]
    public void Dashboards_OfBothStores_ShowTheSameQuantities()
    {
        var (elasticsearch, sqlite) = (GrafanaDashboard.Read("elasticsearch"), GrafanaDashboard.Read("sqlite"));
        static IEnumerable<(string, string, string)> Looks(GrafanaDashboard dashboard) => dashboard.Panels.Where(static panel => KibanaObjects.Text(panel, "type") != "table" && !KibanaObjects.Text(panel, "title").StartsWith("Clock", StringComparison.Ordinal))
            .Select(static panel => (KibanaObjects.Text(panel, "title"), panel.GetProperty("gridPos").GetRawText(), panel.TryGetProperty("options", out var options) ? options.GetRawText() : ""));

        Assert.Equal(Looks(elasticsearch), Looks(sqlite));
        Assert.NotEqual(KibanaObjects.Text(elasticsearch.Root, "uid"), KibanaObjects.Text(sqlite.Root, "uid"));
    }

    [Theory]
    [InlineData("elasticsearch", "sensor\\.type:(\\w+)")]
    [InlineData("sqlite", "sensor_type = '(\\w+)'")]
    public void Dashboard_SensorTypes_AreThoseThatTheAgentRecords(string store, string pattern)
    {
        var recorded = new EnviroRecordMapping("hostzero", "enviro", isSimulated: false).AllSeries.Select(static series => series.SensorType).ToHashSet();

        var shown = GrafanaDashboard.Read(store).Targets.SelectMany(one => Regex.Matches(KibanaObjects.Text(one.Target, store == "sqlite" ? "rawQueryText" : "query"), pattern)).Select(static match => match.Groups[1].Value).ToHashSet();
        Assert.Subset(recorded, shown);
        Assert.Equal(["dew_point", "proximity", "raw_temperature", "sea_level_pressure"], recorded.Except(shown).Order());
    }

    private static IEnumerable<JsonElement> Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => (property.Name == name ? [property.Value] : Enumerable.Empty<JsonElement>()).Concat(Find(property.Value, name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Find(item, name)),
        _ => [],
    };

    [GeneratedRegex(@"\$\{?(\w+)")]
    private static partial Regex VariablePattern();
}
