using System.Text.Json;
using ElectricBrain.Samples.DeployTool;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Samples.Tests.DeployTool;

public sealed class EbrainTests : IDisposable
{
    private const string File = """
        services:
          web: {image: nginx:1, deploy: {replicas: 2}, build: .}
          db: {image: postgres:16}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ebrain-tool").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nodes_Table_HasOneLineForEach()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        AddNode(socket.Engine);
        Run run = await RunAsync(socket, "nodes");
        Assert.Equal(0, run.Code);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            ["pi4", "leader", "ready", "active", "10.0.0.4", "aarch64", "4", "7.8", "GiB", "0", "20.10.24"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Nodes_Json_IsTheDocumentedDocument()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        AddNode(socket.Engine);
        JsonElement node = (await RunAsync(socket, "nodes", "--format", "json")).Json[0];
        Assert.Equal(
            [
                "id", "hostname", "role", "leader", "state", "stateMessage", "availability", "address", "architecture", "operatingSystem", "engineVersion", "cpus",
                "memoryBytes", "runningTasks", "labels",
            ],
            node.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("pi4", "manager", true), (node.GetProperty("hostname").GetString(), node.GetProperty("role").GetString(), node.GetProperty("leader").GetBoolean()));
    }

    [Fact]
    public async Task Up_Stack_DeploysWaitsAndIsIdleTheSecondTime()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        socket.Engine.RunsTasks = true;
        Run run = await RunAsync(socket, "up", "-c", Write(File), "st");
        Assert.Equal(0, run.Code);
        Assert.Contains("+ created service st_web", run.Output, StringComparison.Ordinal);
        Assert.Contains("st_web 2/2 stable", run.Output, StringComparison.Ordinal);
        Assert.Contains("stack.yml:2: services.web.build: a swarm ignores this key", run.Errors, StringComparison.Ordinal);
        int writes = socket.Engine.Writes.Count;

        Run again = await RunAsync(socket, "up", "--detach", "-c", Write(File), "st", "--format", "json");
        Assert.Equal(0, again.Code);
        Assert.Equal(writes, socket.Engine.Writes.Count);
        Assert.All(again.Json.GetProperty("changes").EnumerateArray(), change => Assert.Equal("unchanged", change.GetProperty("action").GetString()));
        Assert.Equal(JsonValueKind.Null, again.Json.GetProperty("converged").ValueKind);
    }

    [Fact]
    public async Task Up_TasksNeverRun_Is4AndSaysWhatIsWrong()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        Run run = await RunAsync(socket, "up", "-c", Write(File), "st", "--timeout", "20", "--format", "json");
        Assert.Equal(4, run.Code);
        Assert.False(run.Json.GetProperty("converged").GetBoolean());
        Assert.Contains("error: st_web runs 0 of 2 tasks", run.Errors, StringComparison.Ordinal);
        Assert.Contains("ebrain ps st --all", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_EngineFailsMidway_Is1AndSaysWhatWasDone()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        socket.Engine.Fault = request => request.Path == "/services/create" ? ScriptedEngine.Error(500, "disk full") : null;
        Run run = await RunAsync(socket, "up", "-c", Write(File), "st");
        Assert.Equal(1, run.Code);
        Assert.Contains("disk full", run.Errors, StringComparison.Ordinal);
        Assert.Contains("create network st_default", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("plan")]
    public async Task AnyCommand_WrongFile_Is2AndNothingIsSent(string command)
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        Run run = await RunAsync(socket, command, "-c", Write("services:\n  web:\n    image: x\n    replicas: 2\n    tty: maybe\n"), "st");
        Assert.Equal(2, run.Code);
        Assert.Contains("stack.yml:4: services.web.replicas: the key is not known here", run.Errors, StringComparison.Ordinal);
        Assert.Contains("stack.yml:5: services.web.tty: must be true or false", run.Errors, StringComparison.Ordinal);
        Assert.Empty(socket.Engine.Requests);
    }

    [Fact]
    public async Task Plan_Change_IsShownAndNothingIsWritten()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        await RunAsync(socket, "up", "--detach", "-c", Write(File), "st");
        int writes = socket.Engine.Writes.Count;
        Run run = await RunAsync(socket, "plan", "-c", Write(File.Replace("nginx:1", "nginx:2", StringComparison.Ordinal)), "st");
        Assert.Equal(0, run.Code);
        Assert.Contains("~ service st_web (restarts tasks)", run.Output, StringComparison.Ordinal);
        Assert.Contains("TaskTemplate.ContainerSpec.Image: nginx:1 -> nginx:2", run.Output, StringComparison.Ordinal);
        Assert.Equal(writes, socket.Engine.Writes.Count);
    }

    [Fact]
    public async Task PsAndDown_Stack_ListAndRemoveIt()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        AddNode(socket.Engine);
        socket.Engine.RunsTasks = true;
        await RunAsync(socket, "up", "--detach", "-c", Write(File), "st");
        JsonElement tasks = (await RunAsync(socket, "ps", "st", "--format", "json")).Json;
        Assert.Equal(
            [("st_db", 1, "pi4", "running"), ("st_web", 1, "pi4", "running"), ("st_web", 2, "pi4", "running")],
            tasks.EnumerateArray().Select(task => (
                task.GetProperty("service").GetString(), task.GetProperty("slot").GetInt32(), task.GetProperty("node").GetString(), task.GetProperty("state").GetString())));

        Run down = await RunAsync(socket, "down", "st");
        Assert.Equal(0, down.Code);
        Assert.Contains("- removed service st_web", down.Output, StringComparison.Ordinal);
        Assert.Empty(socket.Engine.Objects["services"]);
        Assert.Equal(1, (await RunAsync(socket, "ps", "st")).Code);
        Run again = await RunAsync(socket, "down", "st");
        Assert.Equal((0, "nothing to remove: there is no stack 'st'."), (again.Code, again.Errors.Trim()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "nodes", "--unknown")]
    [InlineData(2, "up", "st")]
    [InlineData(2, "up", "-c", "stack.yml", "st", "--timeout", "-1")]
    [InlineData(2, "up", "-c", "/nonexistent.yml", "st")]
    [InlineData(3, "nodes", "--host", "unix:///nonexistent.sock")]
    [InlineData(3, "nodes", "--host", "ftp://x")]
    [InlineData(0, "--help")]
    [InlineData(0, "--version")]
    public async Task AnyCommand_ExitCode_IsTheDocumentedOne(int code, params string[] args)
    {
        Run run = await RunAsync(args, "unix:///nonexistent.sock");
        Assert.Equal(code, run.Code);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_NotAManager_Is3()
    {
        await using EngineSocket socket = await EngineSocket.StartAsync();
        socket.Engine.Fault = request => request.Path.StartsWith("/_ping", StringComparison.Ordinal)
            ? null
            : ScriptedEngine.Error(503, "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");
        Run run = await RunAsync(socket, "nodes");
        Assert.Equal(3, run.Code);
        Assert.Contains("docker swarm init", run.Errors, StringComparison.Ordinal);
    }

    private static void AddNode(ScriptedEngine engine) => engine.Add("nodes", """
        {"ID":"n1","Spec":{"Role":"manager","Availability":"active"},"ManagerStatus":{"Leader":true,"Addr":"10.0.0.4:2377"},
         "Description":{"Hostname":"pi4","Platform":{"Architecture":"aarch64","OS":"linux"},"Resources":{"NanoCPUs":4000000000,"MemoryBytes":8325804032},
         "Engine":{"EngineVersion":"20.10.24"}},"Status":{"State":"ready","Addr":"10.0.0.4"}}
        """);

    private static Task<Run> RunAsync(EngineSocket socket, params string[] args) => RunAsync(args, socket.Address);

    private static async Task<Run> RunAsync(string[] args, string host)
    {
        using StringWriter output = new(), errors = new();
        int code = await Ebrain.RunAsync(args, output, errors, name => name == "DOCKER_HOST" ? host : null, new HurriedTime(20));
        return new Run(code, output.ToString(), errors.ToString());
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "stack.yml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private sealed record Run(int Code, string Output, string Errors)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
    }
}
