using System.Globalization;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>Takes tasks through their states; a task never moves backwards.</summary>
internal sealed class TaskLifecycle(ClusterState state)
{
    public TaskRecord Create(ServiceRecord service, TaskSlot slot, DateTimeOffset notBefore = default, TaskRecord? notBeforeEndOf = null)
    {
        var isHeld = notBefore > state.Now || notBeforeEndOf is not null;
        var task = new TaskRecord(state.Ids.NextObjectId(), service, slot)
        {
            CreatedAt = state.Now,
            StateSince = state.Now,
            State = TaskState.Pending,
            Message = "pending task scheduling",
            DesiredState = isHeld ? TaskState.Ready : TaskState.Running,
            NotBefore = notBefore,
            NotBeforeEndOf = notBeforeEndOf,
        };
        state.Touch(task);
        state.Tasks.Add(task.Id, task);
        state.Pending.AddLast(task);
        slot.Tasks.Add(task);
        if (isHeld)
        {
            state.Timeline.At(notBefore, () => state.Dirty.Enqueue((service, slot)));
        }

        return task;
    }

    public void KeepPending(TaskRecord task, string reason)
    {
        if (task.Error != reason)
        {
            task.Error = reason;
            state.Touch(task);
        }
    }

    public void Assign(TaskRecord task, NodeRecord node)
    {
        task.Node = node;
        task.Error = null;
        node.Occupy(task);
        Enter(task, TaskState.Assigned, "scheduler assigned task to node");
    }

    /// <summary>Lets a held task start once its delay and its predecessor have passed.</summary>
    public void Release(TaskRecord task)
    {
        if (task.DesiredState != TaskState.Ready || task.NotBefore > state.Now
            || task.NotBeforeEndOf is { HasEnded: false, Node.IsUp: true })
        {
            return;
        }

        task.DesiredState = TaskState.Running;
        state.Touch(task);
        if (task.State == TaskState.Ready)
        {
            ScheduleNext(task);
        }
    }

    /// <summary>Wants the task ended, as <see cref="TaskState.Shutdown"/> keeps or <see cref="TaskState.Remove"/> forgets it.</summary>
    public void End(TaskRecord task, TaskState desired)
    {
        if (task.DesiredState >= desired)
        {
            return;
        }

        task.DesiredState = desired;
        state.Touch(task);
        if (task.Node is null || (task.HasEnded && desired == TaskState.Remove))
        {
            Forget(task);
        }
        else if (!task.HasEnded)
        {
            ScheduleNext(task);
        }
    }

    /// <summary>Ends a running task from inside.</summary>
    public void Exit(TaskRecord task, int exitCode)
    {
        task.ExitCode = exitCode;
        Enter(
            task,
            exitCode == 0 ? TaskState.Complete : TaskState.Failed,
            exitCode == 0 ? "finished" : "started",
            exitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"task: non-zero exit ({exitCode})"));
    }

    /// <summary>Goes on with the task, on a node that has come back.</summary>
    public void Resume(TaskRecord task) => ScheduleNext(task);

    public void Forget(TaskRecord task)
    {
        task.Step++;
        task.Node?.Vacate(task);
        task.Slot.Tasks.Remove(task);
        state.Tasks.Remove(task.Id);
        state.HasNewCapacity = true;
        state.Dirty.Enqueue((task.Service, task.Slot));
    }

    private void Enter(TaskRecord task, TaskState next, string message, string? error = null)
    {
        task.State = next;
        task.Message = message;
        task.Error = error;
        task.StateSince = state.Now;
        state.Touch(task);
        AnnounceContainer(task);
        if (task.HasEnded)
        {
            task.Node!.Vacate(task);
            state.HasNewCapacity = true;
            if (task.DesiredState == TaskState.Remove)
            {
                Forget(task);
            }
        }

        if (task.State >= TaskState.Ready)
        {
            state.Dirty.Enqueue((task.Service, task.Slot));
        }

        ScheduleNext(task);
    }

    private void ScheduleNext(TaskRecord task)
    {
        var step = ++task.Step;
        if (task.Node is not { IsUp: true } || task.HasEnded)
        {
            return;
        }

        if (NextOf(task) is var (delay, act))
        {
            state.Timeline.After(delay, () =>
            {
                if (task.Step == step && task.Node.IsUp)
                {
                    act();
                }
            });
        }
    }

    private (TimeSpan Delay, Action Act)? NextOf(TaskRecord task)
    {
        if (!task.IsWanted)
        {
            return (Between(200, 1500), () => Enter(task, TaskState.Shutdown, "shutdown"));
        }

        return task.State switch
        {
            TaskState.Assigned => (Between(20, 60), () => Enter(task, TaskState.Accepted, "accepted")),
            TaskState.Accepted => (Between(20, 80), () => Enter(task, TaskState.Preparing, "preparing")),
            TaskState.Preparing => (PreparationOf(task), () => Enter(task, TaskState.Ready, "prepared")),
            TaskState.Ready when task.DesiredState == TaskState.Running => (Between(5, 20), () => Enter(task, TaskState.Starting, "starting")),
            TaskState.Starting => (Between(300, 1500), () => Start(task)),
            TaskState.Running when task.Spec.IsJob => (Between(2_000, 10_000), () => Exit(task, 0)),
            _ => null,
        };
    }

    private void Start(TaskRecord task)
    {
        task.ContainerId = state.Ids.NextContainerId();
        Enter(task, TaskState.Running, "started");
    }

    /// <summary>The first task of an image on a node waits for the pull, on a small node longer.</summary>
    private TimeSpan PreparationOf(TaskRecord task)
    {
        if (!task.Node!.Images.Add(task.Spec.Image))
        {
            return Between(100, 300);
        }

        return Between(1_000, 4_000) * (task.Node.Machine.Cpus < 4 ? 3 : 1);
    }

    // The same seed gives the same history.
#pragma warning disable CA5394
    private TimeSpan Between(int low, int high) => TimeSpan.FromMilliseconds(state.Random.Next(low, high));
#pragma warning restore CA5394

    /// <summary>An engine reports the containers of its own node only.</summary>
    private void AnnounceContainer(TaskRecord task)
    {
        if (task.Node != state.Leader || task.ContainerId is null)
        {
            return;
        }

        if (task.State == TaskState.Running)
        {
            state.Events.AddContainer("create", task);
            state.Events.AddContainer("start", task);
        }
        else if (task.HasEnded)
        {
            state.Events.AddContainer("die", task);
        }
    }
}
