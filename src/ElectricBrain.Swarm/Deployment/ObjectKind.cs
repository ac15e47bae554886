namespace ElectricBrain.Swarm.Deployment;

/// <summary>A kind of object of a stack, in the order in which they are written.</summary>
public enum ObjectKind
{
    /// <summary>A network.</summary>
    Network,

    /// <summary>A secret.</summary>
    Secret,

    /// <summary>A config.</summary>
    Config,

    /// <summary>A service.</summary>
    Service,
}
