using System.Net;
using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Tests.Simulation;

/// <summary>Replies and refusals, word for word those of an engine 20.10.24.</summary>
public sealed class EngineApiTests
{
    [Fact]
    public async Task Ping_Always_NamesTheApiVersion()
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var reply = await rig.Http.GetAsync(new Uri("/_ping", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("1.41", reply.Headers.GetValues("Api-Version").Single());
        Assert.Equal(new Version(1, 41), await rig.Connection.ConnectAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("services/nope", "service nope not found")]
    [InlineData("nodes/nope", "node nope not found")]
    [InlineData("secrets/nope", "secret nope not found")]
    [InlineData("networks/nope", "network nope not found")]
    [InlineData("nope", "page not found")]
    public async Task Get_UnknownObject_IsNotFound(string path, string message)
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var reply = await rig.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertRefusedAsync(reply, HttpStatusCode.NotFound, message);
    }

    [Fact]
    public async Task Get_NewerApiVersion_IsRefused()
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var reply = await rig.Http.GetAsync(new Uri("/v1.99/nodes", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertRefusedAsync(reply, HttpStatusCode.BadRequest, "client version 1.99 is too new. Maximum supported API version is 1.41");
    }

    [Fact]
    public async Task CreateService_NameTaken_IsAConflict()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web");
        using var reply = await rig.PostAsync("services/create", SimulationRig.SpecOf("web"));
        await AssertRefusedAsync(reply, HttpStatusCode.Conflict, "rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists");
    }

    [Theory]
    [InlineData("""{"Name":"web","TaskTemplate":{"ContainerSpec":{}}}""", "ContainerSpec: image reference must be provided")]
    [InlineData("""{"Name":"a b","TaskTemplate":{"ContainerSpec":{"Image":"x"}}}""", "name must be valid as a DNS name component")]
    [InlineData("""{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"x"}},"Mode":{"Replicated":{"Replicas":"two"}}}""", "json: cannot unmarshal")]
    [InlineData("""["not an object"]""", "json: a JSON object is wanted")]
    [InlineData("""{"Name":""", "invalid JSON")]
    public async Task CreateService_BadSpec_IsRefusedAndNothingIsCreated(string spec, string message)
    {
        await using var rig = SimulationRig.ThreeNodes();
        using var reply = await rig.PostAsync("services/create", spec);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(message, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty((await rig.ReadAsync()).Services);
    }

    [Fact]
    public async Task UpdateService_StaleVersion_IsOutOfSequence()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web");
        using var reply = await rig.PostAsync("services/web/update?version=1", SimulationRig.SpecOf("web", replicas: 5));
        await AssertRefusedAsync(reply, HttpStatusCode.InternalServerError, "rpc error: code = Unknown desc = update out of sequence");
    }

    [Fact]
    public async Task UpdateService_UnknownFieldsInTheSpec_AreKept()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", extra: """ "FutureField":{"Deep":[1,2]} """);
        Assert.Equal("""{"Deep":[1,2]}""", (await rig.GetAsync("services/web"))["Spec"]!["FutureField"]!.ToJsonString());
    }

    [Fact]
    public async Task UpdateService_MoreReplicas_KeepsTheRunningTasks()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 2);
        rig.Pass(60);
        var before = (await rig.RunningAsync("web")).Select(task => task.Id);
        using var reply = await rig.UpdateServiceAsync("web", spec => spec["Mode"]!["Replicated"]!["Replicas"] = 4);
        rig.Pass(60);

        var after = (await rig.RunningAsync("web")).Select(task => task.Id).ToList();
        Assert.Equal(4, after.Count);
        Assert.Subset(after.ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public async Task UpdateService_NewImage_ReplacesOneTaskAfterTheOtherAndCompletes()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 3);
        rig.Pass(60);
        using var reply = await rig.UpdateServiceAsync("web", spec => spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = "busybox:2");
        Assert.Equal("updating", (await rig.ReadAsync()).Services.Single().UpdateState);

        var least = 3;
        for (var moment = 0; moment < 600; moment++)
        {
            rig.Pass(0.1);
            least = Math.Min(least, (await rig.RunningAsync("web")).Count);
        }

        Assert.Equal(2, least);
        Assert.All(await rig.RunningAsync("web"), task => Assert.Equal("busybox:2", task.Image));
        Assert.Equal(("completed", "update completed"), ((await rig.ReadAsync()).Services.Single().UpdateState, (await rig.ReadAsync()).Services.Single().UpdateMessage));
    }

    [Fact]
    public async Task UpdateService_StartFirst_NeverRunsFewerTasks()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 2, extra: """ "UpdateConfig":{"Parallelism":1,"Order":"start-first"} """);
        rig.Pass(60);
        using var reply = await rig.UpdateServiceAsync("web", spec => spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = "busybox:2");
        for (var moment = 0; moment < 600; moment++)
        {
            rig.Pass(0.1);
            Assert.True((await rig.RunningAsync("web")).Count >= 2);
        }

        Assert.Equal(["busybox:2", "busybox:2"], (await rig.RunningAsync("web")).Select(task => task.Image));
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("rollback", "rollback_completed")]
    public async Task UpdateService_NewTaskFails_HeedsTheFailureAction(string action, string state)
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 2, extra: $$""" "UpdateConfig":{"Parallelism":1,"Delay":30000000000,"FailureAction":"{{action}}"} """);
        rig.Pass(60);
        using var reply = await rig.UpdateServiceAsync("web", spec => spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = "busybox:2");
        SwarmTask? updated = null;
        while (updated is null)
        {
            rig.Pass(0.1);
            updated = (await rig.RunningAsync("web")).FirstOrDefault(task => task.Image == "busybox:2");
        }

        rig.Cluster.ExitTask(updated.Id, 1);
        rig.Pass(120);
        Assert.Equal(state, (await rig.ReadAsync()).Services.Single().UpdateState);
        Assert.Equal(2, (await rig.RunningAsync("web")).Count);
        Assert.Contains(await rig.RunningAsync("web"), task => task.Image == "busybox:1");
    }

    [Fact]
    public async Task UpdateService_RollbackToPrevious_RunsTheOldImageAgain()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web");
        using var update = await rig.UpdateServiceAsync("web", spec => spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = "busybox:2");
        rig.Pass(60);
        var service = await rig.GetAsync("services/web");
        using var rollback = await rig.PostAsync($"services/web/update?version={service["Version"]!["Index"]}&rollback=previous", service["Spec"]!.ToJsonString());
        rig.Pass(60);

        Assert.Equal("busybox:1", (await rig.RunningAsync("web")).Single().Image);
        Assert.Equal("rollback_completed", (await rig.ReadAsync()).Services.Single().UpdateState);
    }

    [Fact]
    public async Task DeleteService_RunningTasks_EndAndAreForgotten()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 3);
        rig.Pass(60);
        using var reply = await rig.Http.DeleteAsync(new Uri("services/web", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        rig.Pass(60);

        var cluster = await rig.ReadAsync();
        Assert.Empty(cluster.Services);
        Assert.Empty(cluster.Tasks);
    }

    [Fact]
    public async Task Secrets_ListedAndInspected_NeverReturnTheirData()
    {
        await using var rig = SimulationRig.ThreeNodes();
        var id = await rig.PostIdAsync("secrets/create", """{"Name":"token","Data":"aHVudGVyMg=="}""");
        Assert.DoesNotContain("aHVudGVyMg", (await rig.GetAsync("secrets")).ToJsonString() + (await rig.GetAsync($"secrets/{id}")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteConfig_InUse_IsRefusedAndNamesTheService()
    {
        await using var rig = SimulationRig.ThreeNodes();
        var id = await rig.PostIdAsync("configs/create", """{"Name":"c1","Data":"aGk="}""");
        var spec = JsonNode.Parse(SimulationRig.SpecOf("web"))!;
        spec["TaskTemplate"]!["ContainerSpec"]!["Configs"] = JsonNode.Parse($$"""[{"ConfigID":"{{id}}","ConfigName":"c1"}]""");
        await rig.PostIdAsync("services/create", spec.ToJsonString());

        using var reply = await rig.Http.DeleteAsync(new Uri("configs/c1", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertRefusedAsync(reply, HttpStatusCode.BadRequest, "rpc error: code = InvalidArgument desc = config 'c1' is in use by the following service: web");
    }

    [Fact]
    public async Task Networks_CreatedUsedAndDeleted_FollowTheEnginesRules()
    {
        await using var rig = SimulationRig.ThreeNodes();
        var id = await rig.PostIdAsync("networks/create", """{"Name":"n1","Driver":"overlay","Labels":{"a":"b"}}""");
        using var again = await rig.PostAsync("networks/create", """{"Name":"n1","Driver":"overlay"}""");
        await AssertRefusedAsync(again, HttpStatusCode.Conflict, "network with name n1 already exists");

        var spec = JsonNode.Parse(SimulationRig.SpecOf("web"))!;
        spec["TaskTemplate"]!["Networks"] = JsonNode.Parse("""[{"Target":"n1"}]""");
        var service = await rig.PostIdAsync("services/create", spec.ToJsonString());
        Assert.Equal(id, (await rig.GetAsync("services/web"))["Spec"]!["TaskTemplate"]!["Networks"]![0]!["Target"]!.GetValue<string>());
        using var used = await rig.Http.DeleteAsync(new Uri("networks/n1", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertRefusedAsync(used, HttpStatusCode.BadRequest, $"rpc error: code = FailedPrecondition desc = network {id} is in use by service {service}");

        using var removed = await rig.Http.DeleteAsync(new Uri("services/web", UriKind.Relative), TestContext.Current.CancellationToken);
        using var free = await rig.Http.DeleteAsync(new Uri("networks/n1", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, free.StatusCode);
    }

    [Fact]
    public async Task ListTasks_FilteredByServiceAndState_ReturnsThoseOnly()
    {
        await using var rig = SimulationRig.ThreeNodes();
        await rig.CreateAsync("web", replicas: 2);
        await rig.CreateAsync("other", replicas: 2);
        rig.Pass(60);
        rig.Cluster.ExitTask((await rig.RunningAsync("web"))[0].Id, 1);

        var byMap = await rig.GetAsync("tasks?filters=" + Uri.EscapeDataString("""{"service":{"web":true},"desired-state":{"running":true}}"""));
        var byList = await rig.GetAsync("tasks?filters=" + Uri.EscapeDataString("""{"service":["web"],"desired-state":["running"]}"""));
        Assert.Equal(2, byMap.AsArray().Count);
        Assert.Equal(byMap.ToJsonString(), byList.ToJsonString());
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage reply, HttpStatusCode status, string message)
    {
        var body = JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((status, message), (reply.StatusCode, body["message"]!.GetValue<string>()));
    }
}
