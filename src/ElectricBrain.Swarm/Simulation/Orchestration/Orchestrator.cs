using System.Globalization;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>Keeps one task in each slot that a service should have, and none in others.</summary>
internal sealed class Orchestrator
{
    /// <summary>How many ended tasks of a slot are remembered: the cluster's TaskHistoryRetentionLimit.</summary>
    private const int HistoryLimit = 5;

    private readonly ClusterState _state;
    private readonly TaskLifecycle _lifecycle;
    private readonly Scheduler _scheduler;

    public Orchestrator(ClusterState state)
    {
        _state = state;
        _lifecycle = new TaskLifecycle(state);
        _scheduler = new Scheduler(state, _lifecycle);
        Updater = new Updater(state, _lifecycle);
    }

    public Updater Updater { get; }

    public TaskLifecycle Lifecycle => _lifecycle;

    /// <summary>Draws all consequences of what has changed.</summary>
    public void Settle()
    {
        while (_state.Dirty.Count > 0 || _state.HasNewCapacity)
        {
            while (_state.Dirty.TryDequeue(out var dirty))
            {
                Reconcile(dirty.Service, dirty.Slot);
            }

            _state.HasNewCapacity = false;
            _scheduler.PlacePending();
        }
    }

    /// <summary>Most changes concern one slot, whose service may have thousands.</summary>
    private void Reconcile(ServiceRecord service, TaskSlot? slot)
    {
        if (service.IsRemoved || slot is not { IsWanted: true })
        {
            Reconcile(service);
        }
        else
        {
            Keep(service, slot);
            Updater.Advance(service);
        }
    }

    private void Reconcile(ServiceRecord service)
    {
        if (service.IsRemoved)
        {
            foreach (var slot in service.Slots.Values.ToList())
            {
                Empty(slot, TaskState.Remove);
            }

            return;
        }

        var wanted = WantedSlots(service);
        foreach (var (key, slot) in service.Slots.Where(entry => !wanted.Contains(entry.Key)).ToList())
        {
            slot.IsWanted = false;
            Empty(slot, service.Spec.IsGlobal ? TaskState.Shutdown : TaskState.Remove);
            if (slot.Tasks.Count == 0)
            {
                service.Slots.Remove(key);
            }
        }

        foreach (var key in wanted)
        {
            Keep(service, SlotOf(service, key));
        }

        Updater.Advance(service);
    }

    private HashSet<string> WantedSlots(ServiceRecord service)
    {
        if (!service.Spec.IsGlobal)
        {
            return [.. Enumerable.Range(1, service.Spec.Replicas).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        }

        return [.. _state.Nodes.Values
            .Where(node => Scheduler.IsEligible(node, service.Spec) && Scheduler.MayStay(node, service.Spec)
                && (node.Availability == NodeAvailability.Active || service.Slots.GetValueOrDefault(node.Id)?.Current is not null))
            .Select(node => node.Id)];
    }

    private static TaskSlot SlotOf(ServiceRecord service, string key)
    {
        if (!service.Slots.TryGetValue(key, out var slot))
        {
            slot = service.Spec.IsGlobal ? new TaskSlot(0, key) : new TaskSlot(int.Parse(key, CultureInfo.InvariantCulture), null);
            service.Slots.Add(key, slot);
        }

        slot.IsWanted = true;
        return slot;
    }

    private void Empty(TaskSlot slot, TaskState desired)
    {
        foreach (var task in slot.Tasks.ToArray())
        {
            _lifecycle.End(task, desired);
        }
    }

    private void Keep(ServiceRecord service, TaskSlot slot)
    {
        var current = slot.Current;
        if (current is null)
        {
            if (!slot.IsFinished)
            {
                _lifecycle.Create(service, slot);
            }
        }
        else if (current.HasEnded)
        {
            Replace(service, slot, current);
        }
        else if (current.Node is { } node && !Scheduler.MayStay(node, current.Spec))
        {
            _lifecycle.End(current, TaskState.Shutdown);
            _lifecycle.Create(service, slot, notBeforeEndOf: current);
        }
        else
        {
            _lifecycle.Release(current);
            if (current.State == TaskState.Running)
            {
                EndOlder(slot, current);
            }
        }

        Prune(slot);
    }

    private void Replace(ServiceRecord service, TaskSlot slot, TaskRecord ended)
    {
        _lifecycle.End(ended, TaskState.Shutdown);
        if (ended.State != TaskState.Complete)
        {
            Updater.OnFailure(service, ended);
        }

        if (slot.Current is not null)
        {
            // With start-first the older task still runs.
            return;
        }

        if (MayRestart(slot, ended))
        {
            slot.Restarts++;
            _lifecycle.Create(service, slot, notBefore: _state.Now + ended.Spec.RestartDelay);
        }
        else
        {
            slot.IsFinished = true;
        }
    }

    private static bool MayRestart(TaskSlot slot, TaskRecord ended)
    {
        var isWanted = ended.Spec.RestartCondition switch
        {
            "none" => false,
            "on-failure" => ended.State != TaskState.Complete,
            _ => !ended.Spec.IsJob || ended.State != TaskState.Complete,
        };
        return isWanted && (ended.Spec.MaxRestarts == 0 || slot.Restarts < ended.Spec.MaxRestarts);
    }

    private void EndOlder(TaskSlot slot, TaskRecord current)
    {
        foreach (var task in slot.Tasks.Where(task => task != current && task.IsWanted).ToArray())
        {
            _lifecycle.End(task, TaskState.Shutdown);
        }
    }

    private void Prune(TaskSlot slot)
    {
        var surplus = slot.Tasks.Count(task => task.HasEnded && !task.IsWanted) - HistoryLimit;
        foreach (var task in slot.Tasks.Where(task => task.HasEnded && !task.IsWanted).Take(surplus).ToArray())
        {
            slot.Tasks.Remove(task);
            _state.Tasks.Remove(task.Id);
        }
    }
}
