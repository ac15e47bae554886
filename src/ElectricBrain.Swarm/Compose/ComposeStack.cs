using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>A stack file that was read.</summary>
/// <param name="Stack">What the file wants.</param>
/// <param name="Warnings">What the file says that a swarm ignores, by line.</param>
public sealed record ComposeStack(StackSpec Stack, IReadOnlyList<ComposeProblem> Warnings);
