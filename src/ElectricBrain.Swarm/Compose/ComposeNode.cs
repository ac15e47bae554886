namespace ElectricBrain.Swarm.Compose;

/// <summary>A node of a stack file with its line; what an alias shares with its anchor is one node.</summary>
internal abstract record ComposeNode(int Line)
{
    /// <summary>The number of nodes that a reader of this node would visit, aliases counted in full.</summary>
    public long Weight { get; init; } = 1;
}

/// <summary>A text; a plain one may stand for a number, a boolean or null.</summary>
internal sealed record ComposeScalar(int Line, string Text, bool IsPlain) : ComposeNode(Line);

internal sealed record ComposeSequence(int Line, IReadOnlyList<ComposeNode> Items) : ComposeNode(Line);

internal sealed record ComposeMapping(int Line, IReadOnlyList<ComposeEntry> Entries) : ComposeNode(Line);

internal sealed record ComposeEntry(string Key, int Line, ComposeNode Value);
