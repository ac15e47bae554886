using ElectricBrain.Samples.Visualizer.Views;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Samples.Visualizer.Feed;

/// <summary>Follows the cluster once for all pages, and tells them when what they show has changed.</summary>
internal sealed partial class ClusterFeed(ClusterWatcher watcher, TimeProvider clock, ILogger<ClusterFeed> logger) : BackgroundService
{
    /// <summary>Failures leave the page some time after they happened, though the cluster does not change then.</summary>
    private static readonly TimeSpan AgeInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private FeedState _state = FeedState.Empty;
    private ClusterSnapshot? _snapshot;

    /// <summary>Raised after <see cref="State"/> has become another.</summary>
    public event Action? Changed;

    public FeedState State => Volatile.Read(ref _state);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ageing = clock.CreateTimer(_ => Update(State.ReadAt, State.Fault), null, AgeInterval, AgeInterval);
        await foreach (var observation in watcher.WatchAsync(stoppingToken))
        {
            Report(observation);
            if (observation.ReadAt != default)
            {
                _snapshot = observation.Snapshot;
            }

            Update(observation.ReadAt, observation.Fault?.Message);
        }
    }

    private void Update(DateTimeOffset readAt, string? fault)
    {
        lock (_gate)
        {
            var view = _snapshot is { } snapshot ? ClusterViewBuilder.Build(snapshot, clock.GetUtcNow(), _state.View) : null;
            if (ReferenceEquals(view, _state.View) && fault == _state.Fault && _state.ReadAt != default == (readAt != default))
            {
                return;
            }

            Volatile.Write(ref _state, new FeedState(view, readAt, fault is null ? null : Redaction.Clean(fault)));
        }

        Changed?.Invoke();
    }

    private void Report(ClusterObservation observation)
    {
        if (observation.Fault is { } fault)
        {
            LogLost(logger, fault.Message);
        }
        else if (State.Fault is not null || State.View is null)
        {
            LogFound(logger, observation.Snapshot.Nodes.Count, observation.Snapshot.Tasks.Count);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The cluster cannot be read, and is tried again: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(11, LogLevel.Information, "The cluster answers. Nodes: {Nodes}, tasks: {Tasks}.")]
    private static partial void LogFound(ILogger logger, int nodes, int tasks);
}
