using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Deployment;
using ElectricBrain.Swarm.Registry;
using ElectricBrain.Swarm.Specs;
using ElectricBrain.Swarm.Tests.Compose;

namespace ElectricBrain.Swarm.Tests.Deployment;

public sealed class StackPlannerTests
{
    private const string File = """
        services:
          web:
            image: nginx:1
            environment: {PASSWORD: hunter2, MODE: a}
            networks: [front]
            ports: ['8080:80']
            volumes: ['data:/data']
            stop_grace_period: 10s
            deploy: {replicas: 2, update_config: {parallelism: 1}}
        networks: {front: {}}
        volumes:
          data: {driver: local, driver_opts: {type: nfs, o: "addr=10.0.0.2,password=hunter2", device: ":/export"}}
        """;

    private readonly StackSpec _stack = Read.Stack(File);

    [Fact]
    public void Plan_NothingObserved_CreatesInOrder()
    {
        StackPlan plan = StackPlanner.Plan(_stack, new ObservedStack(), prune: false);
        Assert.Equal(["create network st_front", "create service st_web"], plan.Changes.Select(change => change.ToString()));
        Assert.True(plan.HasChanges);
    }

    [Fact]
    public void Plan_AsTheEngineKeepsIt_IsUnchanged()
    {
        StackPlan plan = StackPlanner.Plan(_stack, Observed(), prune: false);
        Assert.All(plan.Changes, change => Assert.Equal(PlannedAction.Unchanged, change.Action));
        Assert.False(plan.HasChanges);
        Assert.Empty(plan.Warnings);
    }

    [Theory]
    [InlineData("nginx:1", "nginx:2", "TaskTemplate.ContainerSpec.Image", "nginx:1", "nginx:2", true)]
    [InlineData("replicas: 2", "replicas: 0", "Mode", "{\"Replicated\":{\"Replicas\":2}}", "{\"Replicated\":{\"Replicas\":0}}", false)]
    [InlineData("parallelism: 1", "parallelism: 0", "UpdateConfig", "{\"Parallelism\":1}", "{\"Parallelism\":0}", false)]
    [InlineData("8080:80", "8081:80", "EndpointSpec.Ports", "[{\"TargetPort\":80,\"PublishedPort\":8080}]", "[{\"TargetPort\":80,\"PublishedPort\":8081}]", true)]
    [InlineData("stop_grace_period: 10s", "user: '5'", "TaskTemplate.ContainerSpec.StopGracePeriod", "10000000000", null, true)]
    public void Plan_OneFieldDiffers_SaysBeforeAndAfter(string from, string to, string field, string before, string? after, bool restarts)
    {
        StackPlan plan = StackPlanner.Plan(Read.Stack(File.Replace(from, to, StringComparison.Ordinal)), Observed(), prune: false);
        PlannedChange change = plan.Changes.Single(item => item.Kind == ObjectKind.Service);
        Assert.Equal(PlannedAction.Update, change.Action);
        Assert.Contains(new FieldChange(field, before, after, restarts), change.Fields);
    }

    [Fact]
    public void Plan_EnvironmentAndDriverOptionsDiffer_ShowsNoValueOfASecret()
    {
        string text = File.Replace("PASSWORD: hunter2, MODE: a", "PASSWORD: hunter3, MODE: a, NEW: b", StringComparison.Ordinal)
            .Replace("password=hunter2", "password=hunter4", StringComparison.Ordinal);
        PlannedChange change = StackPlanner.Plan(Read.Stack(text), Observed(), prune: false).Changes.Single(item => item.Kind == ObjectKind.Service);
        FieldChange environment = change.Fields.Single(item => item.Field.EndsWith("Env", StringComparison.Ordinal));
        Assert.Equal(("PASSWORD=***", "NEW=***, PASSWORD=***"), (environment.Before, environment.After));
        Assert.Contains(change.Fields, item => item.Field.EndsWith("Mounts", StringComparison.Ordinal));
        Assert.DoesNotContain(change.Fields, item => $"{item.Before}{item.After}".Contains("hunter", StringComparison.Ordinal));
    }

    [Fact]
    public void Merge_FieldsOfOthers_AreKept()
    {
        ObservedStack observed = Observed();
        JsonObject spec = observed.Services[0].Spec;
        spec["TaskTemplate"]!["ForceUpdate"] = 7;
        spec["TaskTemplate"]!["FromTheFuture"] = "x";
        spec["TaskTemplate"]!["Resources"] = JsonNode.Parse("""{"Reservations":{"GenericResources":[{"NamedResourceSpec":{"Kind":"gpu","Value":"1"}}]}}""");
        JsonObject wanted = ServicePlanner.Wanted(Read.Stack(File.Replace("nginx:1", "nginx:2", StringComparison.Ordinal)).Services[0], "st", observed, observed.Services[0]);
        JsonObject merged = ServicePlanner.Merge(spec, wanted, observed);
        Assert.Equal("nginx:2", merged["TaskTemplate"]!["ContainerSpec"]!["Image"]!.ToString());
        merged["TaskTemplate"]!["ContainerSpec"]!["Image"] = "nginx:1";
        merged["Labels"]![StackLabels.Image] = "nginx:1";
        Assert.True(JsonNode.DeepEquals(spec, merged), merged.ToJsonString());
    }

    [Fact]
    public void Plan_RegistrySilent_KeepsTheRunningDigest()
    {
        ObservedStack observed = Observed();
        observed.Services[0].Spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = "nginx:1@sha256:abc";
        Assert.False(StackPlanner.Plan(_stack, observed, prune: false).HasChanges);
    }

    [Fact]
    public void Plan_TagMoved_PinsTheNewDigest()
    {
        ObservedStack observed = Observed() with
        {
            Images = new Dictionary<string, ResolvedImage> { ["nginx:1"] = new("nginx:1@sha256:new", new JsonArray(new JsonObject { ["Architecture"] = "arm64", ["OS"] = "linux" })) },
        };
        PlannedChange change = StackPlanner.Plan(_stack, observed, prune: false).Changes.Single(item => item.Kind == ObjectKind.Service);
        Assert.Equal(["TaskTemplate.ContainerSpec.Image", "TaskTemplate.Placement.Platforms"], change.Fields.Select(item => item.Field));
        Assert.Equal("nginx:1@sha256:new", change.Fields[0].After);
    }

    [Fact]
    public void Plan_ServiceNoLongerInTheFile_StaysWithAWarningOrIsPruned()
    {
        ObservedStack observed = Observed();
        observed = observed with { Services = [.. observed.Services, Object("""{"ID":"s9","Spec":{"Name":"st_old"}}""")] };
        StackPlan kept = StackPlanner.Plan(_stack, observed, prune: false);
        Assert.Contains("st_old", Assert.Single(kept.Warnings), StringComparison.Ordinal);
        Assert.False(kept.HasChanges);
        Assert.Equal("remove service st_old", StackPlanner.Plan(_stack, observed, prune: true).Changes[^1].ToString());
    }

    [Fact]
    public void Plan_ModeDiffers_IsAnObstacle() => Assert.Contains(
        "does not change a mode",
        Assert.Single(StackPlanner.Plan(Read.Stack(File.Replace("replicas: 2", "mode: global", StringComparison.Ordinal)), Observed(), prune: false).Obstacles),
        StringComparison.Ordinal);

    [Fact]
    public void Plan_ExternalObjectsMissing_AreObstaclesWithTheRemedy()
    {
        StackSpec stack = Read.Stack("""
            services: {a: {image: x, networks: [n], secrets: [s], configs: [c]}}
            networks: {n: {external: true}}
            secrets: {s: {external: true}}
            configs: {c: {external: true}}
            """);
        StackPlan plan = StackPlanner.Plan(stack, new ObservedStack(), prune: false);
        Assert.Equal(3, plan.Obstacles.Count);
        Assert.Contains("docker network create --driver overlay n", plan.Obstacles[0], StringComparison.Ordinal);
        Assert.Contains("docker secret create s", plan.Obstacles[1], StringComparison.Ordinal);
        Assert.Contains("docker config create c", plan.Obstacles[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NetworkDiffers_IsAWarningThatSaysWhat()
    {
        StackSpec stack = Read.Stack(File.Replace("front: {}", "front: {attachable: true, ipam: {config: [{subnet: 10.1.0.0/24}]}}", StringComparison.Ordinal));
        string warning = Assert.Single(StackPlanner.Plan(stack, Observed(), prune: false).Warnings);
        Assert.Contains("'attachable' should be 'true' and is 'false'", warning, StringComparison.Ordinal);
        Assert.Contains("subnets should be '10.1.0.0/24' and is '10.0.1.0/24'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Secret_ChangeIsSeenByItsFingerprintAlone()
    {
        StackSpec same = Secret("s3cret");
        string label = ContentJson.Write(same.Secrets[0], "st")["Labels"]![StackLabels.Fingerprint]!.ToString();
        ObservedObject current = Object($$"""{"ID":"x1","Spec":{"Name":"st_s","Labels":{"com.docker.stack.namespace":"st","{{StackLabels.Fingerprint}}":"{{label}}"} } }""");
        var observed = new ObservedStack { Secrets = [current] };
        Assert.Equal(PlannedAction.Unchanged, StackPlanner.Plan(same, observed, prune: false).Changes[0].Action);
        Assert.Contains("name: st_s_2", Assert.Single(StackPlanner.Plan(Secret("other"), observed, prune: false).Obstacles), StringComparison.Ordinal);

        // One that the docker command line made: the engine compares the content when the label is added.
        current.Spec["Labels"]!.AsObject().Remove(StackLabels.Fingerprint);
        Assert.Equal(PlannedAction.Update, StackPlanner.Plan(same, observed, prune: false).Changes[0].Action);
    }

    [Fact]
    public void Plan_ConfigContentDiffers_IsAnObstacle()
    {
        var stack = new StackSpec { Name = "st", Configs = [new ConfigSpec { Name = "st_c", Content = "new"u8.ToArray() }] };
        var observed = new ObservedStack { Configs = [Object($$"""{"ID":"c1","Spec":{"Name":"st_c","Labels":{"com.docker.stack.namespace":"st"},"Data":"{{Convert.ToBase64String("old"u8)}}"} }""")] };
        Assert.Contains("st_c changed", Assert.Single(StackPlanner.Plan(stack, observed, prune: false).Obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public void InDependencyOrder_DependenciesComeFirst()
    {
        StackSpec stack = Read.Stack("services: {a: {image: x, depends_on: [c]}, b: {image: x}, c: {image: x, depends_on: [b]}}");
        Assert.Equal(["st_b", "st_c", "st_a"], StackPlanner.InDependencyOrder(stack.Services).Select(service => service.Name));
    }

    [Theory]
    [InlineData("nginx", "nginx:latest")]
    [InlineData("docker.io/library/nginx:1", "nginx:1")]
    [InlineData("registry.local:5000/agent", "registry.local:5000/agent:latest")]
    [InlineData("ghcr.io/a/b@sha256:0", "ghcr.io/a/b@sha256:0")]
    public void WithTag_Reference_IsTheShortForm(string reference, string expected) => Assert.Equal(expected, ImageReference.WithTag(reference));

    [Theory]
    [InlineData("--password=hunter2 -x", "--password=*** -x")]
    [InlineData("[\"--token\",\"abc\",\"run\"]", "[\"--token\",\"***\",\"run\"]")]
    [InlineData("http://pi:raspberry@nas/share", "http://***@nas/share")]
    [InlineData("addr=10.0.0.2,nfsvers=4.2", "addr=10.0.0.2,nfsvers=4.2")]
    public void Hide_Text_KeepsEverythingButSecrets(string text, string expected) => Assert.Equal(expected, Redaction.Hide(text));

    private static StackSpec Secret(string content) =>
        new() { Name = "st", Secrets = [new SecretSpec { Name = "st_s", Content = System.Text.Encoding.UTF8.GetBytes(content) }] };

    private static ObservedObject Object(string json) => new(JsonNode.Parse(json)!.AsObject());

    // As engine 20.10 gives back what it was sent: networks by identifier, defaults filled in, empty parts left out or not.
    private static ObservedStack Observed() => new()
    {
        Networks = [Object("""{"Id":"n1","Name":"st_front","Driver":"overlay","Scope":"swarm","Internal":false,"Attachable":false,"IPAM":{"Config":[{"Subnet":"10.0.1.0/24"}]}}""")],
        Services = [Object("""
            {"ID":"s1","Version":{"Index":11},"Spec":{"Name":"st_web","Labels":{"com.docker.stack.image":"nginx:1","com.docker.stack.namespace":"st"},
             "TaskTemplate":{"ContainerSpec":{"Image":"nginx:1","Labels":{"com.docker.stack.namespace":"st"},"Env":["MODE=a","PASSWORD=hunter2"],
              "Privileges":{"CredentialSpec":null,"SELinuxContext":null},"StopGracePeriod":10000000000,"Isolation":"default",
              "Mounts":[{"Type":"volume","Source":"st_data","Target":"/data","VolumeOptions":{"Labels":{"com.docker.stack.namespace":"st"},
               "DriverConfig":{"Name":"local","Options":{"device":":/export","o":"addr=10.0.0.2,password=hunter2","type":"nfs"}}}}]},
              "Resources":{},"Placement":{},"Networks":[{"Target":"n1","Aliases":["web"]}],"ForceUpdate":0,"Runtime":"container"},
             "Mode":{"Replicated":{"Replicas":2}},"UpdateConfig":{"Parallelism":1,"FailureAction":"pause","MaxFailureRatio":0,"Order":"stop-first"},
             "EndpointSpec":{"Mode":"vip","Ports":[{"Protocol":"tcp","TargetPort":80,"PublishedPort":8080,"PublishMode":"ingress"}]}}}
            """)],
    };
}
