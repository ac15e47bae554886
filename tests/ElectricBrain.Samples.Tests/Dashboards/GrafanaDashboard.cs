using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>A dashboard of the folder dashboards/grafana, and what Grafana makes of the variables in it.</summary>
internal sealed partial class GrafanaDashboard
{
    private GrafanaDashboard(JsonElement root) => Root = root;

    public static string Folder { get; } = Path.Combine(WorkingCopy.Root, "dashboards", "grafana");

    public JsonElement Root { get; }

    public IEnumerable<JsonElement> Panels => Root.GetProperty("panels").EnumerateArray();

    /// <summary>Every query, with its panel.</summary>
    public IEnumerable<(JsonElement Panel, JsonElement Target)> Targets =>
        Panels.Where(static panel => panel.TryGetProperty("targets", out _)).SelectMany(static panel => panel.GetProperty("targets").EnumerateArray().Select(target => (panel, target)));

    public IEnumerable<JsonElement> Variables => Root.GetProperty("templating").GetProperty("list").EnumerateArray();

    public static GrafanaDashboard Read(string store) => new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"electricbrain-{store}.json"))).RootElement);

    public JsonElement Variable(string name) => Variables.Single(variable => variable.GetProperty("name").GetString() == name);

    /// <summary>
    /// Replaces <c>$name</c> and <c>${name:format}</c> as documented under "Advanced variable format options": <c>sqlstring</c>,
    /// <c>raw</c>, and <c>lucene</c>, which the Elasticsearch datasource takes where no format is named.
    /// </summary>
    public static string Interpolate(string text, IReadOnlyDictionary<string, string[]> values) => VariablePattern().Replace(text, match =>
    {
        var name = match.Groups["name"].Value + match.Groups["plain"].Value;
        var value = values.TryGetValue(name, out var found) ? found : throw new InvalidDataException($"No variable {name} for: {text}");
        return match.Groups["format"].Value switch
        {
            "sqlstring" => string.Join(',', value.Select(static one => $"'{one.Replace("'", "''", StringComparison.Ordinal)}'")),
            "raw" => string.Join(',', value),
            "" when value is ["*"] || name.StartsWith("__", StringComparison.Ordinal) => value[0],
            "" => $"({string.Join(" OR ", value.Select(static one => $"\"{LucenePattern().Replace(one, @"\$0")}\""))})",
            var format => throw new InvalidDataException($"The format {format} is not one that the dashboards use."),
        };
    });

    public static Dictionary<string, string[]> Values(DateTimeOffset from, DateTimeOffset to, TimeSpan interval, string[] hosts, string[] devices, string simulated) => new()
    {
        ["__from"] = [from.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)],
        ["__to"] = [to.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)],
        ["__interval_ms"] = [((long)interval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)],
        ["host"] = hosts,
        ["device"] = devices,
        ["simulated"] = [simulated],
    };

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::(?<format>\w+))?\}|(?<plain>\w+))")]
    private static partial Regex VariablePattern();

    [GeneratedRegex("""[!*+\-=<>\s&|()\[\]{}^~?:\\/"]""")]
    private static partial Regex LucenePattern();
}
