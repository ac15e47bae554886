using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>What an engine says of itself, of the swarm, and of images: <c>/version</c>, <c>/info</c>, <c>/swarm</c>, <c>/events</c>, <c>/distribution</c>.</summary>
internal sealed class SystemRoutes(ClusterState state)
{
    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET" or "HEAD", ["_ping"]) => EngineReply.Text("OK"),
        ("GET", ["version"]) => EngineReply.Json(JsonText.Write(WriteVersion)),
        ("GET", ["info"]) => EngineReply.Json(JsonText.Write(WriteInfo)),
        ("GET", ["swarm"]) => EngineReply.Json(JsonText.Write(WriteSwarm)),
        ("GET", ["events"]) => EngineReply.Stream(state.Events.Listen(call.Filters, TimeOf(call.Query("since")), TimeOf(call.Query("until")))),
        ("GET", ["distribution", .. var name, "json"]) => EngineReply.Json(JsonText.Write(json => WriteDescriptor(json, string.Join('/', name)))),
        _ => EngineReply.PageNotFound,
    };

    /// <summary>Unix seconds with or without a fraction, or RFC 3339.</summary>
    private static DateTimeOffset? TimeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw EngineError.BadRequest($"invalid time: '{text}'");
    }

    private void WriteVersion(Utf8JsonWriter json)
    {
        var version = state.Leader?.Machine.EngineVersion ?? "20.10.24";
        json.WriteStartObject();
        json.WriteStartObject("Platform");
        json.WriteString("Name", "Simulated by ElectricBrain");
        json.WriteEndObject();
        json.WriteStartArray("Components");
        json.WriteStartObject();
        json.WriteString("Name", "Engine");
        json.WriteString("Version", version);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("Version", version);
        json.WriteString("ApiVersion", SimulatedEngine.ApiVersion);
        json.WriteString("MinAPIVersion", SimulatedEngine.MinApiVersion);
        json.WriteString("Os", "linux");
        json.WriteString("Arch", state.Leader?.Machine.Architecture switch { "aarch64" => "arm64", "x86_64" or null => "amd64", _ => "arm" });
        json.WriteString("KernelVersion", "6.1.0-simulated");
        json.WriteEndObject();
    }

    private void WriteInfo(Utf8JsonWriter json)
    {
        var leader = state.Leader;
        json.WriteStartObject();
        json.WriteString("ID", "SIMU:LATE:D000:0000:0000:0000:0000:0000:0000:0000:0000:0000");
        json.WriteNumber("Containers", leader?.Tasks.Count ?? 0);
        json.WriteNumber("ContainersRunning", leader?.Tasks.Count(task => task.State == TaskState.Running) ?? 0);
        json.WriteString("Driver", "overlay2");
        json.WriteTime("SystemTime", state.Now);
        json.WriteString("CgroupVersion", "2");
        json.WriteString("KernelVersion", "6.1.0-simulated");
        json.WriteString("OperatingSystem", "Debian GNU/Linux 12 (bookworm)");
        json.WriteString("OSType", "linux");
        json.WriteString("Architecture", leader?.Machine.Architecture ?? "x86_64");
        json.WriteNumber("NCPU", leader?.Machine.Cpus ?? 0);
        json.WriteNumber("MemTotal", leader?.Machine.MemoryBytes ?? 0);
        json.WriteString("Name", leader?.Hostname ?? "");
        json.WriteString("ServerVersion", leader?.Machine.EngineVersion ?? "20.10.24");
        json.WriteStartObject("Swarm");
        json.WriteString("NodeID", leader?.Id ?? "");
        json.WriteString("NodeAddr", leader?.Address ?? "");
        json.WriteString("LocalNodeState", leader is null ? "inactive" : "active");
        json.WriteBoolean("ControlAvailable", leader is not null);
        json.WriteString("Error", "");
        json.WriteStartArray("RemoteManagers");
        foreach (var manager in state.Nodes.Values.Where(node => node.Role == NodeRole.Manager))
        {
            json.WriteStartObject();
            json.WriteString("NodeID", manager.Id);
            json.WriteString("Addr", manager.Address + ":2377");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("Nodes", state.Nodes.Count);
        json.WriteNumber("Managers", state.Nodes.Values.Count(node => node.Role == NodeRole.Manager));
        json.WritePropertyName("Cluster");
        WriteSwarm(json);
        json.WriteEndObject();
        json.WriteNull("Warnings");
        json.WriteEndObject();
    }

    private void WriteSwarm(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteHead(state.ClusterId, 10, state.CreatedAt, state.CreatedAt);
        json.WriteStartObject("Spec");
        json.WriteString("Name", "default");
        json.WriteMap("Labels", []);
        json.WriteStartObject("Orchestration");
        json.WriteNumber("TaskHistoryRetentionLimit", 5);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("DataPathPort", 4789);
        json.WriteEndObject();
    }

    /// <summary>Every image exists, for all four platforms, with a digest that follows from its name.</summary>
    private static void WriteDescriptor(Utf8JsonWriter json, string image)
    {
        json.WriteStartObject();
        json.WriteStartObject("Descriptor");
        json.WriteString("mediaType", "application/vnd.docker.distribution.manifest.list.v2+json");
        json.WriteString("digest", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image))));
        json.WriteNumber("size", 1_638);
        json.WriteEndObject();
        json.WriteStartArray("Platforms");
        foreach (var (architecture, variant) in (ReadOnlySpan<(string, string)>)[("amd64", ""), ("arm64", "v8"), ("arm", "v7"), ("arm", "v6")])
        {
            json.WriteStartObject();
            json.WriteString("architecture", architecture);
            json.WriteString("os", "linux");
            if (variant.Length > 0)
            {
                json.WriteString("variant", variant);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
