using System.Text.Json;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary><c>/tasks</c>.</summary>
internal sealed class TaskRoutes(ClusterState state)
{
    private static readonly Dictionary<TaskState, string> Names = Enum.GetValues<TaskState>().ToDictionary(
        value => value,
        value => value.ToString().ToLowerInvariant());

    public EngineReply Answer(EngineCall call) => (call.Method.Method, call.Segments) switch
    {
        ("GET", [_]) => EngineReply.Json(List(call.Filters)),
        ("GET", [_, var id]) => EngineReply.Json(Render(state.Tasks.GetValueOrDefault(id) ?? throw EngineError.NotFound("task", id))),
        _ => EngineReply.PageNotFound,
    };

    private byte[] List(ListFilters filters)
    {
        filters.Only("id", "name", "label", "service", "node", "desired-state", "_up-to-date");
        return JsonText.WriteArray(
            state.Tasks.Values.Where(task => filters.AllowsPrefix("id", task.Id)
                && filters.AllowsAny("service", task.Service.Id, task.Service.Name)
                && (task.Node is null ? filters.Allows("node", "") : filters.AllowsAny("node", task.Node.Id, task.Node.Hostname))
                && filters.Allows("desired-state", task.DesiredState <= TaskState.Running ? "running" : "shutdown")),
            (json, task) => json.WriteRawValue(Render(task), skipInputValidation: true));
    }

    /// <summary>A task's JSON is kept until the task changes: a listing of a large cluster is mostly a copy.</summary>
    private static byte[] Render(TaskRecord task) => task.Json ??= JsonText.Write(json => Write(json, task));

    private static void Write(Utf8JsonWriter json, TaskRecord task)
    {
        json.WriteStartObject();
        json.WriteHead(task.Id, task.Version, task.CreatedAt, task.UpdatedAt);
        json.WriteMap("Labels", []);
        json.WritePropertyName("Spec");
        json.WriteRawValue(task.Spec.TemplateUtf8, skipInputValidation: true);
        json.WriteString("ServiceID", task.Service.Id);
        if (task.Slot.Number > 0)
        {
            json.WriteNumber("Slot", task.Slot.Number);
        }

        if ((task.Node?.Id ?? task.Slot.NodeId) is { } node)
        {
            json.WriteString("NodeID", node);
        }

        json.WriteStartObject("Status");
        json.WriteTime("Timestamp", task.StateSince);
        json.WriteString("State", Names[task.State]);
        json.WriteString("Message", task.Message);
        if (task.Error is not null)
        {
            json.WriteString("Err", task.Error);
        }

        if (task.ContainerId is not null)
        {
            json.WriteStartObject("ContainerStatus");
            json.WriteString("ContainerID", task.ContainerId);
            json.WriteNumber("PID", task.State == TaskState.Running ? (task.Version % 30_000) + 2 : 0);
            json.WriteNumber("ExitCode", task.ExitCode);
            json.WriteEndObject();
        }

        json.WriteStartObject("PortStatus");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("DesiredState", Names[task.DesiredState]);
        json.WriteEndObject();
    }
}
