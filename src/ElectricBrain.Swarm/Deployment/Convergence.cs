using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Watches a stack until every service has stayed at its wanted tasks for a while.</summary>
internal sealed class Convergence(EngineConnection connection, string stackName, ConvergenceOptions options, IProgress<DeploymentProgress>? progress)
{
    private readonly TimeProvider _timeProvider = connection.TimeProvider;

    // When each service was first seen with all its tasks running, and has been since.
    private readonly Dictionary<string, long> _settlingSince = [];

    public async Task<DeploymentProgress> WaitAsync(CancellationToken cancellationToken)
    {
        long started = _timeProvider.GetTimestamp();
        DeploymentProgress? last = null;
        while (true)
        {
            (IReadOnlyList<ServiceProgress>? services, EngineException? fault) = await TryLookAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan elapsed = _timeProvider.GetElapsedTime(started);
            if (services is not null)
            {
                var now = new DeploymentProgress(services, elapsed);
                if (last is null || !last.Services.SequenceEqual(now.Services))
                {
                    progress?.Report(now);
                }

                last = now;
                if (now.IsConverged || now.HasFailed)
                {
                    return now;
                }
            }

            if (elapsed >= options.Timeout)
            {
                return last ?? throw fault!;
            }

            await Task.Delay(options.PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    // A manager that restarts while a stack settles is waited for, too.
    private async Task<(IReadOnlyList<ServiceProgress>? Services, EngineException? Fault)> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            EngineSession session = await connection.StartAsync(cancellationToken).ConfigureAwait(false);
            string label = StackObserver.StackFilter(stackName);
            Task<IReadOnlyList<JsonObject>> services = session.Raw.GetListAsync($"services?filters={label}", cancellationToken);
            Task<IReadOnlyList<JsonObject>> tasks = session.Raw.GetListAsync($"tasks?filters={label}", cancellationToken);
            await Task.WhenAll(services, tasks).ConfigureAwait(false);
            ILookup<string, JsonObject> byService = (await tasks.ConfigureAwait(false)).ToLookup(task => task["ServiceID"]?.ToString() ?? "");
            return ([.. (await services.ConfigureAwait(false)).Select(raw => new ObservedObject(raw))
                .OrderBy(service => service.Name, StringComparer.Ordinal)
                .Select(service => Settle(ServiceJudge.Judge(service, [.. byService[service.Id]])))], null);
        }
        catch (EngineException e) when (e.IsTransient)
        {
            return (null, e);
        }
    }

    private ServiceProgress Settle(ServiceProgress service)
    {
        if (service.State != ServiceState.Settling)
        {
            _settlingSince.Remove(service.Service);
            return service;
        }

        long now = _timeProvider.GetTimestamp();
        _settlingSince.TryAdd(service.Service, now);
        return _timeProvider.GetElapsedTime(_settlingSince[service.Service], now) >= options.StabilityWindow
            ? service with { State = ServiceState.Converged }
            : service;
    }
}
