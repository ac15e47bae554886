using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Removes a stack: services first, then, once their tasks have ended, what the tasks used. Volumes stay.</summary>
internal sealed class StackRemoval(EngineConnection connection, string stackName, TimeSpan timeout, IProgress<PlannedChange>? progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Ended = ["complete", "shutdown", "failed", "rejected", "remove", "orphaned"];

    private readonly TimeProvider _timeProvider = connection.TimeProvider;
    private readonly List<PlannedChange> _done = [];

    public async Task<IReadOnlyList<PlannedChange>> RemoveAsync(CancellationToken cancellationToken)
    {
        long started = _timeProvider.GetTimestamp();
        RawApi api = (await connection.StartAsync(cancellationToken).ConfigureAwait(false)).Raw;
        ObservedStack observed = await StackObserver.ObserveAllAsync(api, stackName, cancellationToken).ConfigureAwait(false);
        await RemoveAllAsync(api, ObjectKind.Service, observed.Services, started, cancellationToken).ConfigureAwait(false);
        await WaitForTasksAsync(api, [.. observed.Services.Select(service => service.Id)], started, cancellationToken).ConfigureAwait(false);
        await RemoveAllAsync(api, ObjectKind.Secret, observed.Secrets, started, cancellationToken).ConfigureAwait(false);
        await RemoveAllAsync(api, ObjectKind.Config, observed.Configs, started, cancellationToken).ConfigureAwait(false);
        await RemoveAllAsync(api, ObjectKind.Network, observed.Networks, started, cancellationToken).ConfigureAwait(false);
        return _done;
    }

    private async Task RemoveAllAsync(
        RawApi api, ObjectKind kind, IReadOnlyList<ObservedObject> objects, long started, CancellationToken cancellationToken)
    {
        foreach (ObservedObject item in objects)
        {
            var change = new PlannedChange(kind, item.Name, PlannedAction.Remove, []);
            try
            {
                await RemoveAsync(api, $"{kind.ToString().ToLowerInvariant()}s/{item.Id}", started, cancellationToken).ConfigureAwait(false);
            }
            catch (EngineException e)
            {
                throw new DeploymentException($"Could not {change}: {e.Message}", _done, change, e);
            }

            _done.Add(change);
            progress?.Report(change);
        }
    }

    // An object stays in use for a moment after its last task has ended.
    private async Task RemoveAsync(RawApi api, string path, long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await api.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (EngineException e) when (e.Failure == EngineFailure.NotFound)
            {
                return;
            }
            catch (EngineException e) when (IsInUse(e) && _timeProvider.GetElapsedTime(started) < timeout)
            {
                await Task.Delay(PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsInUse(EngineException e) => e.Failure == EngineFailure.Conflict
        || e.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("active endpoints", StringComparison.OrdinalIgnoreCase);

    private async Task WaitForTasksAsync(RawApi api, string[] services, long started, CancellationToken cancellationToken)
    {
        if (services.Length == 0)
        {
            return;
        }

        string path = $"tasks?filters={StackObserver.StackFilter(stackName)}";
        while (true)
        {
            IReadOnlyList<JsonObject> tasks = await api.GetListAsync(path, cancellationToken).ConfigureAwait(false);
            int alive = tasks.Count(task => services.Contains(task["ServiceID"]?.ToString()) && !Ended.Contains(task["Status"]?["State"]?.ToString()));
            if (alive == 0)
            {
                return;
            }

            if (_timeProvider.GetElapsedTime(started) >= timeout)
            {
                throw new DeploymentException(
                    $"{alive} task(s) of the stack {stackName} have not ended within {timeout.TotalSeconds:0} s, so what they use stays. Is a node down? Run it again later.",
                    _done,
                    null);
            }

            await Task.Delay(PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
