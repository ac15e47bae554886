namespace ElectricBrain.Swarm.Compose;

/// <summary>What reading a stack file needs besides its nodes.</summary>
/// <param name="Report">Where problems and warnings go.</param>
/// <param name="Variables">Values for interpolation and for environment entries without one.</param>
/// <param name="Folder">The absolute folder that relative paths start from.</param>
/// <param name="StackName">The prefix of names.</param>
internal sealed record ComposeScope(ComposeReport Report, Func<string, string?> Variables, string Folder, string StackName)
{
    /// <summary>The engine's name of what the file calls <paramref name="name"/>.</summary>
    public string Scoped(string name) => $"{StackName}_{name}";

    /// <summary>An absolute path; <c>~</c> is the home folder.</summary>
    public string Absolute(string path)
    {
        string expanded = path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? $"{Variables("HOME")}{path[1..]}" : path;
        return Path.GetFullPath(expanded, Folder);
    }
}
