namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>A node of the lab's swarm.</summary>
/// <param name="Name">Its host name.</param>
/// <param name="Role"><c>manager</c> or <c>worker</c>.</param>
/// <param name="Address">Its address on the lab's network.</param>
/// <param name="Socket">The path of its engine's socket.</param>
public sealed record SwarmLabNode(string Name, string Role, string Address, string Socket)
{
    /// <summary>What to set DOCKER_HOST to.</summary>
    public string DockerHost => $"unix://{Socket}";
}
