using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Tests.Shared;
using YamlDotNet.RepresentationModel;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>That the files which Grafana starts with fit each other: datasources, dashboards, and the stacks that bring them there.</summary>
public sealed class ProvisioningTests
{
    [Theory]
    [InlineData("elasticsearch", "grafana.yml")]
    [InlineData("sqlite", "grafana-sqlite.yml")]
    public void Stack_ItsConfigsAndSecrets_AreWhereGrafanaAndItsDatasourceLook(string store, string stackFile)
    {
        var stack = Read("samples", "stacks", stackFile);
        var service = Map(stack, "services", "grafana");
        var sources = Map(stack, "configs").Children.ToDictionary(static one => one.Key.ToString(), static one => Path.GetFileName(one.Value["file"].ToString()));
        var targets = ((YamlSequenceNode)service["configs"]).ToDictionary(one => sources[one["source"].ToString()], static one => one["target"].ToString());

        Assert.Equal($"/etc/grafana/provisioning/datasources/electricbrain.yml", targets[$"{store}.yml"]);
        Assert.Equal("/etc/grafana/provisioning/dashboards/electricbrain.yml", targets["electricbrain.yml"]);
        var provider = ((YamlSequenceNode)Read("dashboards", "grafana", "provisioning", "dashboards", "electricbrain.yml")["providers"])[0];
        var dashboard = targets[$"electricbrain-{store}.json"];
        Assert.Equal(provider["options"]["path"].ToString(), Path.GetDirectoryName(dashboard));
        Assert.Equal(dashboard, service["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"].ToString());

        var datasource = Datasource(store);
        Assert.Equal(KibanaObjects.Text(GrafanaDashboard.Read(store).Variable("datasource"), "query"), datasource["type"].ToString());
        var secrets = ((YamlSequenceNode)service["secrets"]).Select(static one => $"/run/secrets/{one["source"]}").ToArray();
        Assert.Contains(service["environment"]["GF_SECURITY_ADMIN_PASSWORD__FILE"].ToString(), secrets);
        Assert.All((YamlSequenceNode)service["secrets"], secret => Assert.Equal((service["user"].ToString(), "0400"), (secret["uid"].ToString(), secret["mode"].ToString())));
        if (store == "elasticsearch")
        {
            Assert.Contains("$__file{/run/secrets/elasticsearch_key}", datasource["secureJsonData"]["httpHeaderValue1"].ToString(), StringComparison.Ordinal);
            Assert.Contains("/run/secrets/elasticsearch_key", secrets);
            Assert.Equal("metrics-electricbrain.*", datasource["jsonData"]["index"].ToString());
        }
    }

    [Fact]
    public void SqliteDatasource_ItsPath_IsTheStoreInTheVolumeOfTheAgent()
    {
        var agent = Map(Read("samples", "stacks", "agent.yml"), "services", "agent");
        var command = ((YamlSequenceNode)agent["command"]).Select(static one => one.ToString()).ToArray();
        var home = ((YamlSequenceNode)agent["volumes"])[0].ToString().Split(':')[1];
        var store = DataDirectory.Database(command[Array.IndexOf(command, "--data") + 1]);
        var mount = ((YamlSequenceNode)Map(Read("samples", "stacks", "grafana-sqlite.yml"), "services", "grafana")["volumes"]).OfType<YamlMappingNode>().Single();

        Assert.Equal("true", mount["read_only"].ToString());
        Assert.Equal(store.Replace(home, mount["target"].ToString(), StringComparison.Ordinal), Datasource("sqlite")["jsonData"]["path"].ToString());
        Assert.Contains("mode=ro", Datasource("sqlite")["jsonData"]["pathOptions"].ToString(), StringComparison.Ordinal);
    }

    private static YamlNode Datasource(string store) => ((YamlSequenceNode)Read("dashboards", "grafana", "provisioning", "datasources", $"{store}.yml")["datasources"])[0];

    private static YamlMappingNode Map(YamlNode node, params string[] path) => (YamlMappingNode)path.Aggregate(node, static (one, name) => one[name]);

    private static YamlNode Read(params string[] path)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine([WorkingCopy.Root, .. path]));
        yaml.Load(text);
        return yaml.Documents[0].RootNode;
    }
}
