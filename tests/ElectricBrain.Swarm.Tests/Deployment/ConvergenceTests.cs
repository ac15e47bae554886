using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;
using ElectricBrain.Swarm.Tests.Engines;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Swarm.Tests.Deployment;

public sealed class ConvergenceTests : IAsyncDisposable, IProgress<DeploymentProgress>
{
    private const string Labels = "\"Labels\":{\"com.docker.stack.namespace\":\"st\"}";
    private const string Old = """{"ContainerSpec":{"Image":"nginx:1"}}""";
    private const string New = """{"ContainerSpec":{"Image":"nginx:2","Isolation":"default"},"Placement":{"Constraints":["node.role==worker"]},"ForceUpdate":0,"Runtime":"container"}""";
    private const string NewAsTasksHaveIt = """{"ContainerSpec":{"Image":"nginx:2","Isolation":"default"},"ForceUpdate":0}""";

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedEngine _engine = new();
    private readonly EngineConnection _connection;
    private readonly List<DeploymentProgress> _reports = [];

    public ConvergenceTests()
    {
        _connection = EngineConnection.Over(_engine, _time);
        Service("s1", "st_web", """{"Replicated":{"Replicas":2}}""");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    void IProgress<DeploymentProgress>.Report(DeploymentProgress value) => _reports.Add(value);

    [Fact]
    public async Task Wait_TasksRun_ConvergesOnceTheyStayed()
    {
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        DateTimeOffset started = _time.GetUtcNow();
        DeploymentProgress result = await RunAsync(Wait());
        Assert.True(result.IsConverged);
        Assert.Equal(new ServiceProgress("st_web", 2, 2, ServiceState.Converged, null), Assert.Single(result.Services));
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8));
        Assert.Equal([ServiceState.Settling, ServiceState.Converged], _reports.Select(report => report.Services[0].State));
    }

    [Fact]
    public async Task Wait_TasksOfTheOldSpecRun_DoNotCount()
    {
        TaskOf("t1", 1, "running", Old);
        TaskOf("t2", 2, "running", Old);
        DeploymentProgress result = await RunAsync(Wait());
        Assert.False(result.IsConverged);
        Assert.Equal((0, 2, ServiceState.Waiting), (result.Services[0].Running, result.Services[0].Wanted, result.Services[0].State));
    }

    [Fact]
    public async Task Wait_OldTaskStillRunsBesideNewOnes_IsNotConverged()
    {
        TaskOf("t0", 1, "running", Old);
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        Assert.Equal(ServiceState.Waiting, (await RunAsync(Wait())).Services[0].State);
    }

    [Fact]
    public async Task Wait_TasksFail_TellsWhyUntilTimeIsUp()
    {
        TaskOf("t1", 1, "rejected", NewAsTasksHaveIt, "No such image: nginx:2", desired: "shutdown");
        TaskOf("t2", 2, "failed", Old, "an old story", desired: "shutdown");
        DateTimeOffset started = _time.GetUtcNow();
        DeploymentProgress result = await RunAsync(Wait());
        Assert.Equal("No such image: nginx:2", result.Services[0].Problem);
        Assert.False(result.HasFailed);
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
    }

    [Theory]
    [InlineData("paused", "update paused due to failure or early termination of task t9")]
    [InlineData("rollback_completed", "rollback completed")]
    public async Task Wait_EngineGaveUp_FailsAtOnce(string state, string message)
    {
        _engine.Change("services", "s1", service => service["UpdateStatus"] = new JsonObject { ["State"] = state, ["Message"] = message });
        TaskOf("t1", 1, "failed", NewAsTasksHaveIt, "task: non-zero exit (3)");
        DeploymentProgress result = await RunAsync(Wait());
        Assert.True(result.HasFailed);
        Assert.Equal($"{message}: task: non-zero exit (3)", result.Services[0].Problem);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Wait_UpdateUnderWay_IsWaitedFor()
    {
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        _engine.Change("services", "s1", service => service["UpdateStatus"] = new JsonObject { ["State"] = "updating" });
        Task<DeploymentProgress> waiting = Wait();
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.False(waiting.IsCompleted);
        _engine.Change("services", "s1", service => service["UpdateStatus"]!["State"] = "completed");
        Assert.True((await RunAsync(waiting)).IsConverged);
    }

    [Fact]
    public async Task Wait_CrashLoop_NeverCountsAsStable()
    {
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        int looks = 0;
        _engine.Fault = request =>
        {
            if (request.Path == "/tasks")
            {
                looks++;
                _engine.Objects["tasks"][1]["Status"]!["State"] = looks % 4 == 0 ? "starting" : "running";
            }

            return null;
        };
        Assert.False((await RunAsync(Wait())).IsConverged);
    }

    [Fact]
    public async Task Wait_GlobalAndJobs_AreCountedTheirWay()
    {
        Service("s2", "st_agent", """{"Global":{}}""");
        Service("s3", "st_job", """{"ReplicatedJob":{"MaxConcurrent":1,"TotalCompletions":2}}""");
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        TaskOf("t3", 0, "running", NewAsTasksHaveIt, service: "s2", node: "n1");
        TaskOf("t4", 0, "running", NewAsTasksHaveIt, service: "s2", node: "n2");
        TaskOf("t5", 1, "complete", NewAsTasksHaveIt, service: "s3", desired: "complete");
        TaskOf("t6", 2, "complete", NewAsTasksHaveIt, service: "s3", desired: "complete");
        DeploymentProgress result = await RunAsync(Wait());
        Assert.True(result.IsConverged);
        Assert.Equal([("st_agent", 2, 2), ("st_job", 2, 2), ("st_web", 2, 2)], result.Services.Select(service => (service.Service, service.Running, service.Wanted)));
    }

    [Fact]
    public async Task Wait_TaskThatIsNotRestartedFails_FailsAtOnce()
    {
        _engine.Change("services", "s1", service =>
        {
            service["Spec"]!["Mode"] = JsonNode.Parse("""{"Replicated":{"Replicas":1}}""");
            service["Spec"]!["TaskTemplate"]!["RestartPolicy"] = new JsonObject { ["Condition"] = "none" };
        });
        TaskOf("t1", 1, "failed", """{"ContainerSpec":{"Image":"nginx:2","Isolation":"default"},"RestartPolicy":{"Condition":"none"}}""", "task: non-zero exit (1)", desired: "shutdown");
        Assert.True((await RunAsync(Wait())).HasFailed);
    }

    [Fact]
    public async Task Wait_ManagerRestarts_GoesOn()
    {
        TaskOf("t1", 1, "running", NewAsTasksHaveIt);
        TaskOf("t2", 2, "running", NewAsTasksHaveIt);
        int failures = 3;
        _engine.Fault = request => request.Path == "/services" && failures-- > 0 ? throw new HttpRequestException("gone") : null;
        Assert.True((await RunAsync(Wait())).IsConverged);
    }

    [Fact]
    public async Task Wait_NoServiceToBeSeen_IsNotConverged()
    {
        _engine.Objects["services"].Clear();
        DeploymentProgress result = await RunAsync(Wait());
        Assert.Empty(result.Services);
        Assert.False(result.IsConverged);
    }

    [Fact]
    public async Task Wait_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        Task<DeploymentProgress> waiting = new StackDeployer(_connection).WaitForConvergenceAsync("st", null, this, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task<DeploymentProgress> Wait() => new StackDeployer(_connection).WaitForConvergenceAsync(
        "st", new ConvergenceOptions { Timeout = TimeSpan.FromSeconds(30) }, this, TestContext.Current.CancellationToken);

    private async Task<DeploymentProgress> RunAsync(Task<DeploymentProgress> waiting)
    {
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        return await waiting;
    }

    private void Service(string id, string name, string mode) =>
        _engine.Add("services", $$"""{"ID":"{{id}}","Spec":{"Name":"{{name}}",{{Labels}},"TaskTemplate":{{New}},"Mode":{{mode}} } }""");

    private void TaskOf(string id, int slot, string state, string spec, string error = "", string desired = "running", string service = "s1", string node = "n1") =>
        _engine.Add(
            "tasks",
            $$"""{"ID":"{{id}}","ServiceID":"{{service}}","Slot":{{slot}},"NodeID":"{{node}}",{{Labels}},"Spec":{{spec}},"DesiredState":"{{desired}}","Status":{"State":"{{state}}","Err":"{{error}}"},"CreatedAt":"2026-01-01T00:00:0{{slot}}Z"}""");
}
