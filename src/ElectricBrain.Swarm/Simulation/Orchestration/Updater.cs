using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>Replaces a service's tasks after a change of its task template, as its update policy says.</summary>
internal sealed class Updater(ClusterState state, TaskLifecycle lifecycle)
{
    public void Begin(ServiceRecord service, bool isRollback = false, string? message = null)
    {
        service.Update = new RollingUpdate { IsRollback = isRollback, NextAt = state.Now };
        Report(service, isRollback ? "rollback_started" : "updating", message ?? "update in progress", isEnd: false);
        state.Dirty.Enqueue((service, null));
    }

    /// <summary>Takes the update as far as it can go now.</summary>
    public void Advance(ServiceRecord service)
    {
        if (service.Update is not { } update)
        {
            return;
        }

        Land(service, update);
        var outdated = service.Slots.Values.Where(slot => slot.Current is { } current && current.Generation != service.Generation).ToList();
        if (outdated.Count == 0)
        {
            Finish(service, update);
            return;
        }

        foreach (var slot in outdated)
        {
            if (update.NextAt > state.Now || (service.Spec.UpdatePolicy.Parallelism > 0 && update.InFlight.Count >= service.Spec.UpdatePolicy.Parallelism))
            {
                break;
            }

            update.InFlight.Add(slot);
            Replace(service, slot);
        }
    }

    /// <summary>Heeds the failure action when a new task has failed.</summary>
    public void OnFailure(ServiceRecord service, TaskRecord task)
    {
        if (service.Update is not { } update || task.Generation != service.Generation)
        {
            return;
        }

        if (service.Spec.UpdatePolicy.FailureAction == "rollback" && !update.IsRollback && service.PreviousSpec is { } previous)
        {
            service.Change(previous);
            Begin(service, isRollback: true, $"update rolled back due to failure or early termination of task {task.Id}");
        }
        else if (service.Spec.UpdatePolicy.FailureAction != "continue")
        {
            service.Update = null;
            Report(service, update.IsRollback ? "rollback_paused" : "paused", $"update paused due to failure or early termination of task {task.Id}", isEnd: false);
        }
    }

    private void Land(ServiceRecord service, RollingUpdate update)
    {
        var landed = update.InFlight.RemoveWhere(slot =>
            slot.Current is not { } current || (current.Generation == service.Generation && current.State >= TaskState.Running));
        if (landed > 0 && service.Spec.UpdatePolicy.Delay > TimeSpan.Zero)
        {
            update.NextAt = state.Now + service.Spec.UpdatePolicy.Delay;
            LookAgainAt(service, update.NextAt);
        }
    }

    private void Replace(ServiceRecord service, TaskSlot slot)
    {
        var old = slot.Current!;
        if (service.Spec.UpdatePolicy.StartsFirst)
        {
            // The old task is ended by the orchestrator once the new one runs.
            lifecycle.Create(service, slot);
            return;
        }

        var isPlaced = old.Node is not null;
        lifecycle.End(old, TaskState.Shutdown);
        lifecycle.Create(service, slot, notBeforeEndOf: isPlaced ? old : null);
    }

    private void Finish(ServiceRecord service, RollingUpdate update)
    {
        if (update.InFlight.Count > 0)
        {
            return;
        }

        if (update.WatchedUntil is null)
        {
            update.WatchedUntil = state.Now + service.Spec.UpdatePolicy.Monitor;
            LookAgainAt(service, update.WatchedUntil.Value);
        }
        else if (update.WatchedUntil <= state.Now)
        {
            service.Update = null;
            Report(service, update.IsRollback ? "rollback_completed" : "completed", update.IsRollback ? "rollback completed" : "update completed", isEnd: true);
        }
    }

    private void LookAgainAt(ServiceRecord service, DateTimeOffset moment) =>
        state.Timeline.At(moment, () => state.Dirty.Enqueue((service, null)));

    private void Report(ServiceRecord service, string status, string message, bool isEnd)
    {
        var before = service.UpdateStatus;
        service.UpdateStatus = new UpdateStatus(
            status,
            before is { CompletedAt: null } && isEnd ? before.StartedAt : state.Now,
            isEnd ? state.Now : null,
            message);
        state.Touch(service);
        state.Events.Add("service", "update", service.Id, [("name", service.Name), ("updatestate.new", status), ("updatestate.old", before?.State)]);
    }
}
