namespace ElectricBrain.Swarm.Compose;

/// <summary>Collects what is wrong with a stack file and what a swarm ignores of it.</summary>
internal sealed class ComposeReport(string file)
{
    private readonly List<ComposeProblem> _problems = [];
    private readonly List<ComposeProblem> _warnings = [];

    public bool HasProblems => _problems.Count > 0;

    public IReadOnlyList<ComposeProblem> Warnings => InOrder(_warnings);

    public void Problem(int line, string key, string reason) => _problems.Add(new ComposeProblem(file, line, key, reason));

    public void Warning(int line, string key, string reason) => _warnings.Add(new ComposeProblem(file, line, key, reason));

    public void ThrowIfProblems()
    {
        if (HasProblems)
        {
            throw new ComposeException(InOrder(_problems));
        }
    }

    private static ComposeProblem[] InOrder(IEnumerable<ComposeProblem> items) => [.. items.Distinct().OrderBy(item => item.Line)];
}
