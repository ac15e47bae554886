namespace ElectricBrain.Swarm.Deployment;

/// <summary>A plan was not carried out, or not to its end. It says what was done before.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, on what, and the remedy.</param>
    /// <param name="done">What was written before; empty when nothing was.</param>
    /// <param name="failed">What failed; null when the plan was not begun.</param>
    /// <param name="innerException">The cause.</param>
    public DeploymentException(string message, IReadOnlyList<PlannedChange> done, PlannedChange? failed, Exception? innerException = null)
        : base(message, innerException)
    {
        Done = done;
        Failed = failed;
    }

    /// <summary>What was written before.</summary>
    public IReadOnlyList<PlannedChange> Done { get; }

    /// <summary>What failed; null when the plan was not begun.</summary>
    public PlannedChange? Failed { get; }
}
