using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Model;
using Wire = Docker.DotNet.Models;

namespace ElectricBrain.Swarm.Connections;

/// <summary>Follows a cluster: a reading at once, and another after each change. Losing the engine is a reading too, never an exception.</summary>
/// <param name="connection">The connection to a manager, which stays the caller's.</param>
/// <param name="options">How closely to follow; the defaults when null.</param>
public sealed class ClusterWatcher(EngineConnection connection, ClusterWatcherOptions? options = null)
{
    private readonly ClusterWatcherOptions _options = options ?? new ClusterWatcherOptions();
    private readonly TimeProvider _timeProvider = connection.TimeProvider;

    /// <summary>Gives what is known, now and after each change, until cancelled. Readings that found no change are left out.</summary>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<ClusterObservation> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // One slot: however many reasons there are to read again, one reading answers them all.
        Channel<bool> wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using ITimer poll = _timeProvider.CreateTimer(_ => wakeUps.Writer.TryWrite(false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task events = FollowEventsAsync(wakeUps.Writer, ending.Token);
        try
        {
            var known = new ClusterObservation(ClusterSnapshot.Empty, default, null);
            IReadOnlyList<ClusterReader.ObjectVersion>? versions = null;
            TimeSpan retryDelay = _options.FirstRetryDelay;
            bool woken = false;
            while (true)
            {
                (ClusterReader.Reading? reading, EngineException? fault) = await TryReadAsync(cancellationToken).ConfigureAwait(false);
                if (reading is not null)
                {
                    bool changed = !known.IsLive || versions is null || IsChanged(versions, reading.Versions);
                    versions = reading.Versions;
                    retryDelay = _options.FirstRetryDelay;
                    known = new ClusterObservation(reading.Snapshot, _timeProvider.GetUtcNow(), null);
                    if (changed)
                    {
                        yield return known;
                    }

                    poll.Change(woken || IsMoving(known.Snapshot) ? _options.MovingPollInterval : _options.IdlePollInterval, Timeout.InfiniteTimeSpan);
                }
                else
                {
                    bool news = known.Fault?.Message != fault!.Message;
                    known = known with { Fault = fault };
                    if (news)
                    {
                        yield return known;
                    }

                    poll.Change(retryDelay, Timeout.InfiniteTimeSpan);
                    retryDelay = Longer(retryDelay);
                }

                woken = await wakeUps.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (woken)
                {
                    await Task.Delay(_options.CoalesceWindow, _timeProvider, cancellationToken).ConfigureAwait(false);
                    wakeUps.Reader.TryRead(out _);
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await events.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(ClusterReader.Reading? Reading, EngineException? Fault)> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            EngineSession session = await connection.StartAsync(cancellationToken).ConfigureAwait(false);
            return (await ClusterReader.ReadAsync(session, cancellationToken).ConfigureAwait(false), null);
        }
        catch (EngineException e)
        {
            return (null, e);
        }
    }

    // Ends only when cancelled: whatever breaks the stream of events, the next attempt follows, and the main loop reads the cluster meanwhile.
    private async Task FollowEventsAsync(ChannelWriter<bool> wakeUps, CancellationToken cancellationToken)
    {
        var wakeUp = new WakeUp(wakeUps);
        TimeSpan retryDelay = _options.FirstRetryDelay;
        while (true)
        {
            long started = _timeProvider.GetTimestamp();
            try
            {
                EngineSession session = await connection.StartAsync(cancellationToken).ConfigureAwait(false);
                await session.Typed.System.MonitorEventsAsync(new Wire.ContainerEventsParameters { Filters = EventsThatMatter }, wakeUp, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // The main loop finds out on its own whether the engine is lost.
            }

            wakeUps.TryWrite(true);
            retryDelay = _timeProvider.GetElapsedTime(started) > _options.LongestRetryDelay ? _options.FirstRetryDelay : Longer(retryDelay);
            await Task.Delay(retryDelay, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    // Containers start and die on the manager itself only, yet that tells of its own tasks at once.
    private static Dictionary<string, IDictionary<string, bool>> EventsThatMatter => new()
    {
        ["type"] = new Dictionary<string, bool> { ["node"] = true, ["service"] = true, ["container"] = true },
        ["event"] = new Dictionary<string, bool>
        {
            ["create"] = true,
            ["update"] = true,
            ["remove"] = true,
            ["start"] = true,
            ["die"] = true,
        },
    };

    private TimeSpan Longer(TimeSpan delay) => delay * 2 < _options.LongestRetryDelay ? delay * 2 : _options.LongestRetryDelay;

    private static bool IsChanged(IReadOnlyList<ClusterReader.ObjectVersion> before, IReadOnlyList<ClusterReader.ObjectVersion> now) =>
        !before.SequenceEqual(now) || now.Any(version => version.Index is null);

    private static bool IsMoving(ClusterSnapshot snapshot) => snapshot.Tasks.Any(task =>
        task.State < task.DesiredState && task.State < TaskState.Complete);

    private sealed class WakeUp(ChannelWriter<bool> wakeUps) : IProgress<Wire.Message>
    {
        public void Report(Wire.Message value) => wakeUps.TryWrite(true);
    }
}
