using System.Net;
using System.Net.Sockets;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Swarm.Tests.Connections;

public sealed class EngineConnectionTests : IDisposable
{
    private readonly ScriptedEngine _engine = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("1.40", "1.40")]
    [InlineData("1.99", "1.54")]
    public async Task ConnectAsync_AnnouncedVersion_IsSpokenUpToOurNewest(string announced, string spoken)
    {
        _engine.PingHeaders["Api-Version"] = announced;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        Assert.Equal(Version.Parse(spoken), await connection.ConnectAsync(Token));
    }

    [Fact]
    public async Task ConnectAsync_NoVersionInPing_AsksForTheVersion()
    {
        _engine.PingHeaders.Remove("Api-Version");
        await using EngineConnection connection = EngineConnection.Over(_engine);
        Assert.Equal(new Version(1, 41), await connection.ConnectAsync(Token));
    }

    [Theory]
    [InlineData("Api-Version", "1.39", EngineFailure.ApiTooOld, "1.40")]
    [InlineData("Api-Version", "latest", EngineFailure.NotDocker, "not a Docker engine")]
    [InlineData("Libpod-API-Version", "4.3.1", EngineFailure.NotDocker, "Podman")]
    public async Task ConnectAsync_WrongEngine_SaysWhich(string header, string value, EngineFailure failure, string expected)
    {
        _engine.PingHeaders[header] = value;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        Assert.Equal(failure, e.Failure);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_SomethingElseAnswers_SaysSo()
    {
        _engine.Fault = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>") };
        await using EngineConnection connection = EngineConnection.Over(_engine);
        Assert.Equal(EngineFailure.NotDocker, (await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token))).Failure);
    }

    [Theory]
    [InlineData(503, "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.", EngineFailure.NotManager, "manager")]
    [InlineData(503, "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.", EngineFailure.NoSwarm, "docker swarm init")]
    [InlineData(503, "Swarm is encrypted and needs to be unlocked before it can be used. Please use \"docker swarm unlock\" to unlock it.", EngineFailure.NoSwarm, "docker swarm unlock")]
    [InlineData(500, "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online.", EngineFailure.EngineFault, "Too few managers")]
    [InlineData(400, "invalid filter", EngineFailure.Refused, "invalid filter")]
    public async Task ListNodesAsync_EngineRefuses_NamesTheRemedy(int status, string message, EngineFailure failure, string expected)
    {
        _engine.Fault = request => request.Path == "/nodes" ? ScriptedEngine.Error(status, message) : null;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ListNodesAsync(Token));
        Assert.Equal(failure, e.Failure);
        Assert.Equal((HttpStatusCode)status, e.StatusCode);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"ID\":")]
    [InlineData("{\"ID\":1}")]
    [InlineData("[{\"ID\":\"t1\",\"Status\":{\"State\":\"dancing\"}}]")]
    public async Task ListTasksAsync_BrokenAnswer_IsOneClearError(string body)
    {
        _engine.Fault = request => request.Path == "/tasks" ? ScriptedEngine.Json(body) : null;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        Assert.Equal(EngineFailure.EngineFault, (await Assert.ThrowsAsync<EngineException>(() => connection.ListTasksAsync(Token))).Failure);
    }

    [Fact]
    public async Task ListNodesAsync_Null_IsAnEmptyList()
    {
        _engine.Fault = request => request.Path == "/nodes" ? ScriptedEngine.Json("null") : null;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        Assert.Empty(await connection.ListNodesAsync(Token));
    }

    [Fact]
    public async Task ConnectAsync_NoSocket_NamesTheEndpointAndTheRemedy() =>
        await AssertUnreachable("unix:///nonexistent/docker.sock", "does not exist");

    [Fact]
    public async Task ConnectAsync_NobodyListens_NamesTheEndpointAndTheRemedy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await AssertUnreachable($"tcp://127.0.0.1:{port}", "nothing listens there");
    }

    [Fact]
    public async Task ConnectAsync_AbandonedSocket_NamesTheEndpointAndTheRemedy()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ebrain-socket").FullName, "docker.sock");
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            await AssertUnreachable($"unix://{path}", "nothing listens there");
        }
    }

    [Fact]
    public async Task ConnectAsync_EngineWasDown_WorksOnceItIsUp()
    {
        bool down = true;
        _engine.Fault = _ => down ? throw new HttpRequestException("down") : null;
        await using EngineConnection connection = EngineConnection.Over(_engine);
        await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        down = false;
        Assert.Equal(new Version(1, 41), await connection.ConnectAsync(Token));
    }

    [Fact]
    public async Task ReadClusterAsync_RecordedObjects_AreMappedAndOrdered()
    {
        _engine.Add("nodes", """
            {"ID":"n2","Version":{"Index":9},"Spec":{"Role":"worker","Availability":"drain","Labels":{"disk":"ssd"}},
             "Description":{"Hostname":"pi5","Platform":{"Architecture":"aarch64","OS":"linux"},"Resources":{"NanoCPUs":4000000000,"MemoryBytes":8325804032},
             "Engine":{"EngineVersion":"20.10.24"}},"Status":{"State":"down","Message":"heartbeat failure","Addr":"10.0.0.5"}}
            """);
        _engine.Add("nodes", """
            {"ID":"n1","Version":{"Index":8},"Spec":{"Role":"manager","Availability":"active"},
             "Description":{"Hostname":"pi4"},"Status":{"State":"ready","Addr":"0.0.0.0"},
             "ManagerStatus":{"Leader":true,"Reachability":"reachable","Addr":"10.0.0.4:2377"}}
            """);
        _engine.Add("services", """
            {"ID":"s1","Version":{"Index":21},"Spec":{"Name":"web_site","Labels":{"com.docker.stack.namespace":"web"},
             "TaskTemplate":{"ContainerSpec":{"Image":"nginx:1@sha256:0","Env":["PASSWORD=hunter2"]}},"Mode":{"Replicated":{"Replicas":2}}},
             "Endpoint":{"Ports":[{"Protocol":"tcp","TargetPort":80,"PublishedPort":8080,"PublishMode":"ingress"}]},
             "UpdateStatus":{"State":"paused","Message":"update paused due to failure"}}
            """);
        _engine.Add("services", """{"ID":"s2","Version":{"Index":22},"Spec":{"Name":"agent","Mode":{"Global":{}}}}""");
        _engine.Add("tasks", """
            {"ID":"t1","Version":{"Index":31},"CreatedAt":"2026-01-01T00:00:00Z","ServiceID":"s1","Slot":1,"NodeID":"n1","DesiredState":"shutdown",
             "Spec":{"ContainerSpec":{"Image":"nginx:1"}},
             "Status":{"Timestamp":"2026-01-01T00:00:05.5Z","State":"failed","Message":"started","Err":"task: non-zero exit (3)","ContainerStatus":{"ContainerID":"c","PID":0,"ExitCode":3}}}
            """);
        _engine.Add("tasks", """
            {"ID":"t2","Version":{"Index":32},"CreatedAt":"2026-01-01T00:01:00Z","ServiceID":"s1","Slot":1,"DesiredState":"running","Status":{"State":"pending","Err":"no suitable node"}}
            """);
        await using EngineConnection connection = EngineConnection.Over(_engine);
        ClusterSnapshot cluster = await connection.ReadClusterAsync(Token);

        Assert.Equal(["pi4", "pi5"], cluster.Nodes.Select(node => node.Hostname));
        Assert.True(cluster.Nodes[0] is { Role: NodeRole.Manager, IsLeader: true, State: NodeState.Ready, Address: "10.0.0.4" });
        SwarmNode pi5 = cluster.Nodes[1];
        Assert.True(pi5 is { Availability: NodeAvailability.Drain, State: NodeState.Down, StateMessage: "heartbeat failure", Address: "10.0.0.5" });
        Assert.True(pi5 is { Architecture: "aarch64", Cpus: 4, MemoryBytes: 8325804032, EngineVersion: "20.10.24" });
        Assert.Equal("ssd", pi5.Labels["disk"]);

        Assert.Equal(["agent", "web_site"], cluster.Services.Select(service => service.Name));
        Assert.True(cluster.Services[0] is { Mode: ServiceMode.Global, Replicas: null, StackName: null });
        Assert.True(cluster.Services[1] is { StackName: "web", Replicas: 2, Version: 21, UpdateState: "paused", Image: "nginx:1@sha256:0" });
        Assert.Equal([new PublishedPort(80, 8080, "tcp", "ingress")], cluster.Services[1].Ports);

        Assert.Equal(["t2", "t1"], cluster.Tasks.Select(task => task.Id));
        Assert.True(cluster.Tasks[0] is { State: TaskState.Pending, NodeId: null, Error: "no suitable node", ExitCode: null });
        Assert.True(cluster.Tasks[1] is { State: TaskState.Failed, DesiredState: TaskState.Shutdown, ExitCode: 3, NodeId: "n1" });
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 5, 500, TimeSpan.Zero), cluster.Tasks[1].StateSince);
    }

    private static async Task AssertUnreachable(string address, string remedy)
    {
        await using EngineConnection connection = EngineConnection.Open(EngineEndpoint.Parse(address, "a test"));
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ConnectAsync(Token));
        Assert.Equal(EngineFailure.Unreachable, e.Failure);
        Assert.Contains(address, e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Message, StringComparison.Ordinal);
    }
}
