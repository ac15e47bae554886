using System.CommandLine;
using ElectricBrain.Swarm.Deployment;

namespace ElectricBrain.Samples.DeployTool.Commands;

/// <summary>Options that decide what a plan holds.</summary>
internal sealed class PlanOptions
{
    public Option<ImageResolution> Images { get; } = new("--resolve-image")
    {
        Description = "When to ask registries for the digest of an image.",
        HelpName = "always|changed|never",
    };

    public Option<bool> Prune { get; } = new("--prune")
    {
        Description = "Remove services of the stack that are no longer in the file.",
    };

    public DeploymentOptions Read(ParseResult parsed) => new() { Images = parsed.GetValue(Images), Prune = parsed.GetValue(Prune) };
}
