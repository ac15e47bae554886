namespace ElectricBrain.Swarm.Deployment;

/// <summary>How a stack is deployed.</summary>
public sealed record DeploymentOptions
{
    /// <summary>When the digest of an image is asked of its registry.</summary>
    /// <value><see cref="ImageResolution.Always"/> unless set.</value>
    public ImageResolution Images { get; init; } = ImageResolution.Always;

    /// <summary>Whether services that are no longer in the stack are removed.</summary>
    /// <value>false unless set.</value>
    public bool Prune { get; init; }
}
