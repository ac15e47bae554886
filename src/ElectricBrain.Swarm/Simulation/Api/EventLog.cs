using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using ElectricBrain.Swarm.Simulation.Orchestration;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Api;

/// <summary>The engine's events: the last ones kept, new ones handed to all that listen.</summary>
internal sealed class EventLog(Timeline timeline)
{
    /// <summary>How many events an engine keeps for a listener that asks for past ones.</summary>
    private const int KeptEvents = 256;

    private readonly Queue<EngineEvent> _past = new(KeptEvents);
    private readonly List<(Channel<ReadOnlyMemory<byte>> Channel, ListFilters Filters)> _listeners = [];

    public int Listeners => _listeners.Count;

    public void Add(string type, string action, string id, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Publish(new EngineEvent(type, action, timeline.Now, Render(type, action, id, "swarm", timeline.Now, attributes)));

    public void AddContainer(string action, TaskRecord task)
    {
        var name = $"{task.Service.Name}.{(task.Slot.NodeId ?? task.Slot.Number.ToString(CultureInfo.InvariantCulture))}.{task.Id}";
        Publish(new EngineEvent("container", action, timeline.Now, Render("container", action, task.ContainerId!, "local", timeline.Now,
        [
            ("com.docker.swarm.node.id", task.Node!.Id),
            ("com.docker.swarm.service.id", task.Service.Id),
            ("com.docker.swarm.service.name", task.Service.Name),
            ("com.docker.swarm.task", ""),
            ("com.docker.swarm.task.id", task.Id),
            ("com.docker.swarm.task.name", name),
            ("exitCode", action == "die" ? task.ExitCode.ToString(CultureInfo.InvariantCulture) : null),
            ("image", task.Spec.Image),
            ("name", name),
        ])));
    }

    /// <summary>Listens from now on, after the kept events since the given moment.</summary>
    public Channel<ReadOnlyMemory<byte>> Listen(ListFilters filters, DateTimeOffset? since, DateTimeOffset? until)
    {
        var channel = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });
        foreach (var past in _past.Where(past => since is not null && past.At >= since && (until is null || past.At <= until) && past.Passes(filters)))
        {
            channel.Writer.TryWrite(past.Json);
        }

        if (until <= timeline.Now)
        {
            channel.Writer.Complete();
        }
        else
        {
            _listeners.Add((channel, filters));
        }

        return channel;
    }

    public void Forget(Channel<ReadOnlyMemory<byte>> channel) => _listeners.RemoveAll(listener => listener.Channel == channel);

    /// <summary>Breaks the connection of all that listen.</summary>
    public void Disconnect(Exception reason)
    {
        foreach (var (channel, _) in _listeners)
        {
            channel.Writer.TryComplete(reason);
        }

        _listeners.Clear();
    }

    private void Publish(EngineEvent news)
    {
        if (_past.Count == KeptEvents)
        {
            _past.Dequeue();
        }

        _past.Enqueue(news);
        _listeners.RemoveAll(listener => news.Passes(listener.Filters) && !listener.Channel.Writer.TryWrite(news.Json));
    }

    private static byte[] Render(string type, string action, string id, string scope, DateTimeOffset at, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (type == "container")
            {
                json.WriteString("status", action);
                json.WriteString("id", id);
            }

            json.WriteString("Type", type);
            json.WriteString("Action", action);
            json.WriteStartObject("Actor");
            json.WriteString("ID", id);
            json.WriteStartObject("Attributes");
            foreach (var (name, value) in attributes)
            {
                if (value is not null)
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("scope", scope);
            json.WriteNumber("time", at.ToUnixTimeSeconds());
            json.WriteNumber("timeNano", (at - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.ToArray();
    }

    private sealed record EngineEvent(string Type, string Action, DateTimeOffset At, ReadOnlyMemory<byte> Json)
    {
        public bool Passes(ListFilters filters) => filters.Allows("type", Type) && filters.Allows("event", Action)
            && filters.Allows("scope", Type == "container" ? "local" : "swarm");
    }
}
