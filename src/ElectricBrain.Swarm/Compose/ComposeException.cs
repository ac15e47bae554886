namespace ElectricBrain.Swarm.Compose;

/// <summary>A stack file cannot be used. It carries every problem that was found, not the first alone.</summary>
public sealed class ComposeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">What is wrong, at least one.</param>
    public ComposeException(IReadOnlyList<ComposeProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>What is wrong, by line.</summary>
    public IReadOnlyList<ComposeProblem> Problems { get; }
}
