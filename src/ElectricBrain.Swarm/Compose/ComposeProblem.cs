namespace ElectricBrain.Swarm.Compose;

/// <summary>Something about one place of a stack file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Key">The key's path, such as <c>services.web.deploy.replicas</c>; empty for the file as a whole.</param>
/// <param name="Reason">What is wrong or ignored, and the remedy.</param>
public sealed record ComposeProblem(string File, int Line, string Key, string Reason)
{
    /// <summary>Writes <c>file:line: key: reason</c>, which editors and terminals can follow.</summary>
    public override string ToString() => Key.Length == 0 ? $"{File}:{Line}: {Reason}" : $"{File}:{Line}: {Key}: {Reason}";
}
