using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Connections.Docker;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Plans, deploys, watches and removes stacks over a connection to a manager.</summary>
/// <param name="connection">The connection, which stays the caller's.</param>
public sealed class StackDeployer(EngineConnection connection)
{
    /// <summary>The longest wait for the tasks of a stack that is removed, unless given.</summary>
    public static readonly TimeSpan DefaultRemovalTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Works out what has to happen so that the cluster runs a stack as it is wanted. Writes nothing.</summary>
    /// <param name="stack">What is wanted.</param>
    /// <param name="options">How to deploy; the defaults when null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public async Task<StackPlan> PlanAsync(StackSpec stack, DeploymentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stack);
        options ??= new DeploymentOptions();
        EngineSession session = await connection.StartAsync(cancellationToken).ConfigureAwait(false);
        ObservedStack observed = await StackObserver.ObserveAsync(session, connection.TimeProvider, stack, options.Images, cancellationToken).ConfigureAwait(false);
        return StackPlanner.Plan(stack, observed, options.Prune);
    }

    /// <summary>Carries a plan out: networks, secrets, configs, and services after those that they depend on. Nothing is written for what is unchanged.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="written">Told of each change once it is written.</param>
    /// <param name="cancellationToken">Stops between two writes.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DeploymentException">The plan has obstacles, or a write failed; it says what was written before.</exception>
    public async Task<IReadOnlyList<PlannedChange>> ApplyAsync(
        StackPlan plan, IProgress<PlannedChange>? written = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Obstacles.Count > 0)
        {
            throw new DeploymentException(string.Join(Environment.NewLine, plan.Obstacles), [], null);
        }

        EngineSession session = await connection.StartAsync(cancellationToken).ConfigureAwait(false);
        var writer = new StackWriter(session.Raw, plan);
        List<PlannedChange> done = [];
        foreach (PlannedChange change in plan.Changes.Where(change => change.Action != PlannedAction.Unchanged))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await writer.WriteAsync(change, cancellationToken).ConfigureAwait(false);
            }
            catch (EngineException e)
            {
                string before = done.Count == 0 ? "Nothing was written before." : $"Written before: {string.Join(", ", done)}.";
                throw new DeploymentException($"Could not {change}: {e.Message} {before}", done, change, e);
            }

            done.Add(change);
            written?.Report(change);
        }

        return done;
    }

    /// <summary>Waits until every service of a stack runs the tasks that its current spec wants, has failed for good, or time is up.</summary>
    /// <param name="stackName">The stack's name.</param>
    /// <param name="options">How long; the defaults when null.</param>
    /// <param name="progress">Told of every change.</param>
    /// <param name="cancellationToken">Stops waiting; the deployment goes on without us.</param>
    /// <returns>The last state that was seen.</returns>
    /// <exception cref="EngineException">The engine was never reached while waiting, or is no manager.</exception>
    public Task<DeploymentProgress> WaitForConvergenceAsync(
        string stackName, ConvergenceOptions? options = null, IProgress<DeploymentProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new Convergence(connection, stackName, options ?? new ConvergenceOptions(), progress).WaitAsync(cancellationToken);

    /// <summary>Removes a stack's services, waits for their tasks to end, and removes its secrets, configs and networks. Volumes stay.</summary>
    /// <param name="stackName">The stack's name.</param>
    /// <param name="timeout">The longest wait; <see cref="DefaultRemovalTimeout"/> when null.</param>
    /// <param name="removed">Told of each removal.</param>
    /// <param name="cancellationToken">Stops between two removals.</param>
    /// <returns>What was removed; empty when there is no such stack.</returns>
    /// <exception cref="DeploymentException">Something could not be removed; it says what was.</exception>
    /// <exception cref="EngineException">The engine is unreachable, is no manager, or failed.</exception>
    public Task<IReadOnlyList<PlannedChange>> RemoveAsync(
        string stackName, TimeSpan? timeout = null, IProgress<PlannedChange>? removed = null, CancellationToken cancellationToken = default) =>
        new StackRemoval(connection, stackName, timeout ?? DefaultRemovalTimeout, removed).RemoveAsync(cancellationToken);
}
