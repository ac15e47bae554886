using System.Threading.Channels;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Api;
using ElectricBrain.Swarm.Simulation.Orchestration;
using ElectricBrain.Swarm.Simulation.State;

namespace ElectricBrain.Swarm.Simulation;

/// <summary>
/// A swarm that lives in this process: managers that keep services, a scheduler that places tasks, and nodes that run them by the given clock.
/// It is operated as a real one is, through the API of its <see cref="SimulatedEngine"/>; what happens to real machines
/// (power loss, a crash) happens through the methods here. Safe for concurrent use.
/// </summary>
public sealed class SimulatedCluster : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ClusterState _state;
    private readonly Timeline _timeline;
    private readonly Orchestrator _orchestrator;
    private readonly EngineRouter _router;
    private readonly ITimer _timer;
    private bool _isReachable = true;
    private bool _isDisposed;

    /// <summary>Creates a cluster without nodes.</summary>
    /// <param name="clock">The clock by which tasks go through their states.</param>
    /// <param name="seed">Equal seeds and equal calls give equal histories.</param>
    public SimulatedCluster(TimeProvider clock, int seed = 1)
        : this(clock, seed, TimeSpan.Zero)
    {
    }

    /// <summary>Creates a cluster that began some time ago: what is scheduled before the clock's now happens at once.</summary>
    internal SimulatedCluster(TimeProvider clock, int seed, TimeSpan age)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _timeline = new Timeline(clock, clock.GetUtcNow() - age);
        _state = new ClusterState(_timeline, seed);
        _orchestrator = new Orchestrator(_state);
        _router = new EngineRouter(_state, _orchestrator.Updater);
        _router.Networks.AddIngress();
        _timer = clock.CreateTimer(static cluster => ((SimulatedCluster)cluster!).CatchUp(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A cluster like the one of a home with a shelf of single-board computers, running its stacks for days, in which things happen.</summary>
    /// <param name="clock">The clock by which things happen.</param>
    /// <param name="seed">Which history; equal seeds give equal ones.</param>
    public static SimulatedCluster CreateHome(TimeProvider clock, int seed = 1)
    {
        var cluster = new SimulatedCluster(clock, seed, HomeCluster.Age);
        HomeCluster.Furnish(cluster, seed);
        return cluster;
    }

    /// <summary>Whether the engine answers. Setting it to false breaks the open connections too, as pulling the manager's network cable does.</summary>
    public bool IsReachable
    {
        get => Volatile.Read(ref _isReachable);
        set
        {
            lock (_gate)
            {
                _isReachable = value;
                if (!value)
                {
                    _state.Events.Disconnect(new IOException("The simulated engine's connection was cut."));
                }
            }
        }
    }

    /// <summary>Adds a machine. The first manager becomes the leader.</summary>
    /// <exception cref="ArgumentException">The host name is taken.</exception>
    public void AddNode(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Change(() =>
        {
            AddNodeNow(node);
            return true;
        });
    }

    /// <summary>Cuts a machine's power: the managers see it down and move its tasks.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void StopNode(string hostname) => SetUp(hostname, isUp: false);

    /// <summary>Gives a machine its power back.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void StartNode(string hostname) => SetUp(hostname, isUp: true);

    /// <summary>Lets the container of a running task exit.</summary>
    /// <param name="taskId">The task's identifier.</param>
    /// <param name="exitCode">0 ends it well, any other code fails it.</param>
    /// <returns>False when no such task runs.</returns>
    public bool ExitTask(string taskId, int exitCode) => Change(() =>
    {
        if (_state.Tasks.GetValueOrDefault(taskId) is not { State: TaskState.Running, Node.IsUp: true } task)
        {
            return false;
        }

        _orchestrator.Lifecycle.Exit(task, exitCode);
        return true;
    });

    /// <summary>Ends the simulation and the streams of its events.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
            _state.Events.Disconnect(new IOException("The simulated cluster has ended."));
        }
    }

    internal ClusterState State => _state;

    internal EngineReply Answer(EngineCall call)
    {
        if (!IsReachable || _isDisposed)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The simulated engine is not reachable.");
        }

        return Change(() => _router.Answer(call));
    }

    internal void Forget(Channel<ReadOnlyMemory<byte>> events)
    {
        lock (_gate)
        {
            _state.Events.Forget(events);
        }
    }

    internal NodeRecord? FindNode(string hostname) => _state.Nodes.Values.FirstOrDefault(node => node.Hostname == hostname);

    internal void AddNodeNow(SimulatedNode node)
    {
        if (FindNode(node.Hostname) is not null)
        {
            throw new ArgumentException($"The cluster has a node '{node.Hostname}' already; host names are unique.", nameof(node));
        }

        var number = _state.Nodes.Count + 1;
        var record = new NodeRecord(_state.Ids.NextObjectId(), node)
        {
            Address = node.Address ?? $"192.168.{1 + (number / 250)}.{(number % 250) + 1}",
            CreatedAt = _state.Now,
            IsLeader = node.Role == NodeRole.Manager && _state.Leader is null,
        };
        _state.Leader ??= record.IsLeader ? record : null;
        _state.Nodes.Add(record.Id, record);
        _state.Touch(record);
        _state.MarkAllDirty();
        _state.Events.Add("node", "create", record.Id, ("name", record.Hostname));
    }

    /// <summary>Changes the cluster at its present, after everything that was due.</summary>
    internal T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            _timeline.CatchUp(_orchestrator.Settle);
            var result = change();
            _orchestrator.Settle();
            WakeUpForNext();
            return result;
        }
    }

    /// <summary>Drains, pauses or activates a node, as <c>docker node update --availability</c> does.</summary>
    internal void SetAvailability(NodeRecord node, NodeAvailability availability) => _router.Nodes.SetAvailability(node, availability);

    internal void SetUp(NodeRecord node, bool isUp)
    {
        if (node.IsUp == isUp)
        {
            return;
        }

        node.IsUp = isUp;
        _router.Nodes.Changed(node, ("name", node.Hostname), ("state.new", isUp ? "ready" : "down"), ("state.old", isUp ? "down" : "ready"));
        foreach (var task in node.Tasks.ToArray())
        {
            _orchestrator.Lifecycle.Resume(task);
        }
    }

    /// <summary>Answers a request as the engine does, without the way over HTTP.</summary>
    internal EngineReply Request(EngineCall call) => _router.Answer(call);

    internal void Exit(TaskRecord task, int exitCode) => _orchestrator.Lifecycle.Exit(task, exitCode);

    private void SetUp(string hostname, bool isUp) => Change(() =>
    {
        SetUp(FindNode(hostname) ?? throw new ArgumentException($"The cluster has no node '{hostname}'.", nameof(hostname)), isUp);
        return true;
    });

    private void CatchUp()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _timeline.CatchUp(_orchestrator.Settle);
                WakeUpForNext();
            }
        }
    }

    private void WakeUpForNext()
    {
        if (!_isDisposed)
        {
            // Rounded up: a timer that fires early finds nothing to do and would have to be set again.
            _timer.Change(_timeline.UntilNext is { } wait ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
