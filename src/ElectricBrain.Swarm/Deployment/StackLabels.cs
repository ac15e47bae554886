namespace ElectricBrain.Swarm.Deployment;

/// <summary>Labels by which objects of a stack are known.</summary>
internal static class StackLabels
{
    /// <summary>The stack's name; the docker command line's.</summary>
    public const string Namespace = "com.docker.stack.namespace";

    /// <summary>The image as the user wrote it, before its digest was resolved; the docker command line's.</summary>
    public const string Image = "com.docker.stack.image";

    /// <summary>A salted fingerprint of a secret's content, by which a change is seen though the engine never gives the content back.</summary>
    public const string Fingerprint = "io.electricbrain.fingerprint";
}
