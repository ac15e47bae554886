namespace ElectricBrain.Swarm.Deployment;

/// <summary>When the digest of an image is asked of its registry.</summary>
public enum ImageResolution
{
    /// <summary>On every deployment, so that a tag that moved is seen.</summary>
    Always,

    /// <summary>Only for services whose image reference changed.</summary>
    Changed,

    /// <summary>Never; the nodes resolve the tag when they pull.</summary>
    Never,
}
