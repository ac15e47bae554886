using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;
using ElectricBrain.Swarm.Specs;
using ElectricBrain.Swarm.Tests.Compose;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Swarm.Tests.Deployment;

public sealed class StackDeployerTests : IAsyncDisposable
{
    private const string File = """
        services:
          web: {image: nginx:1, networks: [front], secrets: [s], configs: [c], depends_on: [db]}
          db: {image: postgres, networks: [front], volumes: ['data:/data']}
        networks: {front: {}}
        volumes: {data: {driver: local, driver_opts: {type: nfs, o: addr=10.0.0.2, device: ":/export"}}}
        """;

    private readonly ScriptedEngine _engine = new();
    private readonly EngineConnection _connection;
    private readonly StackDeployer _deployer;

    public StackDeployerTests()
    {
        _connection = EngineConnection.Over(_engine);
        _deployer = new StackDeployer(_connection);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task ApplyAsync_NewStack_WritesInDependencyOrderAndNothingTheSecondTime()
    {
        StackSpec stack = Stack();
        IReadOnlyList<PlannedChange> done = await DeployAsync(stack);
        Assert.Equal(
            ["POST /networks/create", "POST /secrets/create", "POST /configs/create", "POST /services/create", "POST /services/create"],
            _engine.Writes.Select(write => write.ToString()));
        Assert.Equal(["st_front", "st_s", "st_c", "st_db", "st_web"], done.Select(change => change.Name));

        Assert.Empty(await DeployAsync(stack));
        Assert.Equal(5, _engine.Writes.Count);
    }

    [Fact]
    public async Task ApplyAsync_NewSecretsAndConfigs_AreReferredToByTheirNewIdentifiers()
    {
        await DeployAsync(Stack());
        JsonNode container = _engine.Writes[^1].Json["TaskTemplate"]!["ContainerSpec"]!;
        Assert.Equal(_engine.Objects["secrets"][0]["ID"]!.ToString(), container["Secrets"]![0]!["SecretID"]!.ToString());
        Assert.Equal(_engine.Objects["configs"][0]["ID"]!.ToString(), container["Configs"]![0]!["ConfigID"]!.ToString());
    }

    [Fact]
    public async Task ApplyAsync_NfsVolume_IsDeclaredOnTheMountAndNeverCreated()
    {
        await DeployAsync(Stack());
        JsonNode mount = _engine.Writes[3].Json["TaskTemplate"]!["ContainerSpec"]!["Mounts"]![0]!;
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"Type":"volume","Source":"st_data","Target":"/data","VolumeOptions":{"Labels":{"com.docker.stack.namespace":"st"},
                 "DriverConfig":{"Name":"local","Options":{"device":":/export","o":"addr=10.0.0.2","type":"nfs"}}}}
                """),
            mount));
        Assert.DoesNotContain(_engine.Requests, request => request.Path.StartsWith("/volumes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApplyAsync_OneServiceChanged_UpdatesItAloneAndKeepsForeignFields()
    {
        await DeployAsync(Stack());
        _engine.Change("services", Id("st_web"), service => service["Spec"]!["TaskTemplate"]!["FromTheFuture"] = "kept");
        await DeployAsync(Stack("nginx:2"));
        ScriptedEngine.Request update = Assert.Single(_engine.Writes.Skip(5));
        Assert.StartsWith($"/services/{Id("st_web")}/update", update.Path, StringComparison.Ordinal);
        Assert.Equal("kept", update.Json["TaskTemplate"]!["FromTheFuture"]!.ToString());
        Assert.Equal("nginx:2", update.Json["TaskTemplate"]!["ContainerSpec"]!["Image"]!.ToString());
    }

    [Fact]
    public async Task ApplyAsync_ChangedMeanwhile_IsWrittenOnceMoreOnWhatIsThereNow()
    {
        await DeployAsync(Stack());
        StackPlan plan = await _deployer.PlanAsync(Stack("nginx:2"), cancellationToken: Token);
        _engine.Change("services", Id("st_web"), service => service["Spec"]!["TaskTemplate"]!["ForceUpdate"] = 3);
        await _deployer.ApplyAsync(plan, cancellationToken: Token);
        JsonNode template = _engine.Objects["services"].Single(service => service["ID"]!.ToString() == Id("st_web"))["Spec"]!["TaskTemplate"]!;
        Assert.Equal(("nginx:2", "3"), (template["ContainerSpec"]!["Image"]!.ToString(), template["ForceUpdate"]!.ToString()));
        Assert.Equal(2, _engine.Writes.Count(write => write.Path.EndsWith("/update", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ApplyAsync_AlwaysChangedMeanwhile_GivesUpAfterTheSecondConflict()
    {
        await DeployAsync(Stack());
        _engine.Fault = request => request.Path.EndsWith("/update", StringComparison.Ordinal) ? ScriptedEngine.Error(500, "rpc error: update out of sequence") : null;
        DeploymentException e = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(Stack("nginx:2")));
        Assert.Equal(EngineFailure.Conflict, Assert.IsType<EngineException>(e.InnerException).Failure);
        Assert.Equal(2, _engine.Writes.Count(write => write.Path.EndsWith("/update", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ApplyAsync_EngineFailsMidway_SaysWhatWasDoneAndGoesOnNextTime()
    {
        _engine.Fault = request => request.Path == "/services/create" && request.Body.Contains("st_web", StringComparison.Ordinal)
            ? ScriptedEngine.Error(500, "disk full")
            : null;
        DeploymentException e = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(Stack()));
        Assert.Equal(["st_front", "st_s", "st_c", "st_db"], e.Done.Select(change => change.Name));
        Assert.Equal("st_web", e.Failed!.Name);
        Assert.Contains("disk full", e.Message, StringComparison.Ordinal);
        Assert.Contains("create service st_db", e.Message, StringComparison.Ordinal);

        _engine.Fault = null;
        Assert.Equal("st_web", Assert.Single(await DeployAsync(Stack())).Name);
    }

    [Fact]
    public async Task ApplyAsync_Obstacle_WritesNothing()
    {
        StackSpec stack = Read.Stack("services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}");
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(stack))).Message, StringComparison.Ordinal);
        Assert.Empty(_engine.Writes);
    }

    [Fact]
    public async Task ApplyAsync_Cancelled_StopsBetweenWrites()
    {
        using var source = new CancellationTokenSource();
        _engine.Fault = request =>
        {
            if (request.Path == "/networks/create")
            {
                source.Cancel();
            }

            return null;
        };
        StackPlan plan = await _deployer.PlanAsync(Stack(), cancellationToken: Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _deployer.ApplyAsync(plan, cancellationToken: source.Token));
        Assert.Single(_engine.Writes);
    }

    [Fact]
    public async Task PlanAsync_RegistryKnowsTheImage_PinsDigestAndPlatforms()
    {
        _engine.Fault = request => request.Path == "/distribution/nginx:1/json"
            ? ScriptedEngine.Json("""{"Descriptor":{"digest":"sha256:abc"},"Platforms":[{"architecture":"arm64","os":"linux","variant":"v8"},{"architecture":"arm","os":"linux","variant":"v6"}]}""")
            : null;
        StackPlan plan = await _deployer.PlanAsync(Stack(), cancellationToken: Token);
        Assert.Contains("postgres", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        await _deployer.ApplyAsync(plan, cancellationToken: Token);
        JsonNode template = _engine.Writes[^1].Json["TaskTemplate"]!;
        Assert.Equal("nginx:1@sha256:abc", template["ContainerSpec"]!["Image"]!.ToString());
        Assert.Equal("""[{"Architecture":"arm64","OS":"linux"},{"OS":"linux"}]""", template["Placement"]!["Platforms"]!.ToJsonString());
    }

    [Theory]
    [InlineData(ImageResolution.Always, 2)]
    [InlineData(ImageResolution.Changed, 0)]
    [InlineData(ImageResolution.Never, 0)]
    public async Task PlanAsync_Redeploy_AsksRegistriesAsTold(ImageResolution images, int questions)
    {
        await DeployAsync(Stack());
        int before = Questions();
        await _deployer.PlanAsync(Stack(), new DeploymentOptions { Images = images }, Token);
        Assert.Equal(questions, Questions() - before);

        int Questions() => _engine.Requests.Count(request => request.Path.StartsWith("/distribution", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RemoveAsync_Stack_RemovesServicesFirstAndNetworksLast()
    {
        await DeployAsync(Stack());
        _engine.Add("services", """{"Spec":{"Name":"other"}}""");
        IReadOnlyList<PlannedChange> removed = await _deployer.RemoveAsync("st", cancellationToken: Token);
        Assert.Equal([ObjectKind.Service, ObjectKind.Service, ObjectKind.Secret, ObjectKind.Config, ObjectKind.Network], removed.Select(change => change.Kind));
        Assert.Single(_engine.Objects["services"]);
        Assert.Empty(await _deployer.RemoveAsync("st", cancellationToken: Token));
    }

    [Fact]
    public async Task RemoveAsync_NetworkStillInUse_IsTriedAgain()
    {
        await DeployAsync(Stack());
        int refusals = 2;
        _engine.Fault = request => request.Method == HttpMethod.Delete && request.Path.StartsWith("/networks", StringComparison.Ordinal) && refusals-- > 0
            ? ScriptedEngine.Error(403, "error while removing network: network st_front has active endpoints")
            : null;
        Assert.Equal(5, (await _deployer.RemoveAsync("st", cancellationToken: Token)).Count);
        Assert.Empty(_engine.Objects["networks"]);
    }

    private static StackSpec Stack(string image = "nginx:1")
    {
        StackSpec stack = Read.Stack(File.Replace("nginx:1", image, StringComparison.Ordinal) + """

            secrets: {s: {external: true}}
            configs: {c: {external: true}}
            """);
        return stack with
        {
            Secrets = [new SecretSpec { Name = "st_s", Content = "s"u8.ToArray() }],
            Configs = [new ConfigSpec { Name = "st_c", Content = "c"u8.ToArray() }],
            Services = [.. stack.Services.Select(service => service with
            {
                Secrets = [.. service.Secrets.Select(secret => secret with { Name = "st_s" })],
                Configs = [.. service.Configs.Select(config => config with { Name = "st_c" })],
            })],
        };
    }

    private string Id(string name) => _engine.Objects["services"].Single(service => service["Spec"]!["Name"]!.ToString() == name)["ID"]!.ToString();

    private async Task<IReadOnlyList<PlannedChange>> DeployAsync(StackSpec stack) =>
        await _deployer.ApplyAsync(await _deployer.PlanAsync(stack, cancellationToken: Token), cancellationToken: Token);
}
