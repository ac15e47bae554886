using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>A node as the managers keep it, with the tasks that occupy it.</summary>
internal sealed class NodeRecord(string id, SimulatedNode machine)
{
    private readonly Dictionary<string, int> _tasksOfService = [];

    public string Id => id;

    public SimulatedNode Machine => machine;

    public string Hostname => machine.Hostname;

    public required string Address { get; init; }

    public ulong Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public NodeRole Role { get; set; } = machine.Role;

    public NodeAvailability Availability { get; set; }

    public bool IsUp { get; set; } = true;

    public bool IsLeader { get; set; }

    public Dictionary<string, string> Labels { get; set; } = new(machine.Labels);

    /// <summary>Tasks given to the node that have not ended.</summary>
    public HashSet<TaskRecord> Tasks { get; } = [];

    /// <summary>Images that the node has pulled, so that later tasks start sooner.</summary>
    public HashSet<string> Images { get; } = [];

    public long ReservedNanoCpus { get; private set; }

    public long ReservedMemoryBytes { get; private set; }

    public int TasksOfService(string serviceId) => _tasksOfService.GetValueOrDefault(serviceId);

    public void Occupy(TaskRecord task)
    {
        if (Tasks.Add(task))
        {
            Count(task, 1);
        }
    }

    public void Vacate(TaskRecord task)
    {
        if (Tasks.Remove(task))
        {
            Count(task, -1);
        }
    }

    private void Count(TaskRecord task, int change)
    {
        _tasksOfService[task.Service.Id] = TasksOfService(task.Service.Id) + change;
        ReservedNanoCpus += change * task.Spec.ReservedNanoCpus;
        ReservedMemoryBytes += change * task.Spec.ReservedMemoryBytes;
    }
}
