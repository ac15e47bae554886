namespace ElectricBrain.Swarm.Specs;

/// <summary>Something mounted into the tasks of a service.</summary>
public abstract record MountSpec
{
    private protected MountSpec()
    {
    }

    /// <summary>The path in the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether tasks may only read.</summary>
    public bool IsReadOnly { get; init; }
}
