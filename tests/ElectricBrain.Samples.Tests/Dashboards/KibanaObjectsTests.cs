using System.Text.Json;
using System.Text.RegularExpressions;
using ElectricBrain.Samples.SensorAgent;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>The form of Kibana's saved objects, as its import asks for it.</summary>
public sealed partial class KibanaObjectsTests
{
    // The attributes that each type's own schema has since the version that the object names; an unknown one is refused.
    private static readonly Dictionary<string, (string Version, string[] Attributes)> Types = new()
    {
        ["index-pattern"] = ("8.0.0", ["title", "name", "timeFieldName", "fields", "fieldAttrs", "fieldFormatMap", "runtimeFieldMap", "sourceFilters", "typeMeta"]),
        ["visualization"] = ("8.5.0", ["title", "description", "version", "kibanaSavedObjectMeta", "uiStateJSON", "visState"]),
        ["dashboard"] = ("8.9.0", ["title", "description", "version", "kibanaSavedObjectMeta", "optionsJSON", "panelsJSON", "controlGroupInput", "timeRestore", "timeFrom", "timeTo", "refreshInterval"]),
    };

    private static readonly IReadOnlyList<JsonElement> Objects = KibanaObjects.Read();

    [Fact]
    public void Objects_EachOne_HasTheFormOfItsType()
    {
        Assert.Equal(Objects.Count, Objects.Select(static one => KibanaObjects.Text(one, "id")).Distinct().Count());
        Assert.All(Objects, static one =>
        {
            var (version, attributes) = Types[KibanaObjects.Text(one, "type")];
            Assert.Equal(("8.8.0", version), (KibanaObjects.Text(one, "coreMigrationVersion"), KibanaObjects.Text(one, "typeMigrationVersion")));
            Assert.Equal(attributes.Order(), one.GetProperty("attributes").EnumerateObject().Select(static property => property.Name).Order());
            Assert.False(one.GetProperty("managed").GetBoolean()); // else nobody may edit it
        });
        Assert.Equal("metrics-electricbrain.*", KibanaObjects.Text(Objects[0].GetProperty("attributes"), "title"));
    }

    [Fact]
    public void References_OfEveryObject_LeadToObjectsThatComeBefore()
    {
        var known = new HashSet<(string, string)>();
        foreach (var one in Objects)
        {
            Assert.All(one.GetProperty("references").EnumerateArray(), reference => Assert.Contains((KibanaObjects.Text(reference, "type"), KibanaObjects.Text(reference, "id")), known));
            known.Add((KibanaObjects.Text(one, "type"), KibanaObjects.Text(one, "id")));
        }

        Assert.Equal(known.Count - 1, KibanaObjects.Dashboard(Objects).GetProperty("references").EnumerateArray().Select(static reference => KibanaObjects.Text(reference, "id")).Distinct().Count());
    }

    [Fact]
    public void Dashboard_ItsPanelsAndControls_AreReferredToByTheirNames()
    {
        var dashboard = KibanaObjects.Dashboard(Objects);
        var attributes = dashboard.GetProperty("attributes");
        var panels = KibanaObjects.Embedded(attributes.GetProperty("panelsJSON")).EnumerateArray().ToArray();
        var controls = KibanaObjects.Embedded(attributes.GetProperty("controlGroupInput").GetProperty("panelsJSON")).EnumerateObject().ToArray();

        Grid.AssertFilled(panels.Select(static panel => panel.GetProperty("gridData")), width: 48);
        Assert.All(panels, static panel => Assert.Equal(KibanaObjects.Text(panel, "panelIndex"), KibanaObjects.Text(panel.GetProperty("gridData"), "i")));
        Assert.Equal(
            panels.Select(static panel => $"{KibanaObjects.Text(panel, "panelIndex")}:{KibanaObjects.Text(panel, "panelRefName")}").Concat(controls.Select(static control => $"controlGroup_{control.Name}:optionsListDataView")),
            dashboard.GetProperty("references").EnumerateArray().Select(static reference => KibanaObjects.Text(reference, "name")));
        Assert.Equal(["host.name", "device.id", "simulated"], controls.Select(static control => KibanaObjects.Text(control.Value.GetProperty("explicitInput"), "fieldName")));
        Assert.All(["optionsJSON"], name => KibanaObjects.Embedded(attributes.GetProperty(name)));
        Assert.All(Objects.Skip(1), static one => KibanaObjects.Embedded(one.GetProperty("attributes").GetProperty("kibanaSavedObjectMeta").GetProperty("searchSourceJSON")));
    }

    [Fact]
    public void Specifications_OfEveryPanel_FollowTheDashboardAndAskForWhatTheAgentRecords()
    {
        var recorded = new EnviroRecordMapping("hostzero", "enviro", isSimulated: false).AllSeries.Select(static series => series.SensorType).ToHashSet();
        var visualizations = KibanaObjects.Visualizations(Objects);
        Assert.All(visualizations.Values, one =>
        {
            var text = one.Spec.ToJsonString();
            Assert.Contains("vega-lite/v5.json", text, StringComparison.Ordinal);
            Assert.All(["%dashboard_context-must_clause%", "%dashboard_context-filter_clause%", "%dashboard_context-must_not_clause%", "%timefilter%"], part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.Equal("metrics-electricbrain.*", (string?)one.Spec["data"]!["url"]!["index"]);
            Assert.Subset(recorded, SensorTypes(one.Spec["data"]!.ToJsonString()));
        });
        var grafana = GrafanaDashboard.Read("elasticsearch").Targets.SelectMany(static one => GrafanaTypePattern().Matches(KibanaObjects.Text(one.Target, "query"))).Select(static match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(grafana, visualizations.Values.SelectMany(static one => SensorTypes(one.Spec["data"]!.ToJsonString())).ToHashSet());
    }

    private static HashSet<string> SensorTypes(string data) => [.. SensorTypePattern().Matches(data).SelectMany(static match => match.Groups[1].Captures).Select(static capture => capture.Value)];

    [GeneratedRegex("""sensor\.type":\[(?:"(\w+)",?)+\]""")]
    private static partial Regex SensorTypePattern();

    [GeneratedRegex(@"sensor\.type:(\w+)")]
    private static partial Regex GrafanaTypePattern();
}
