using ElectricBrain.Samples.Visualizer.Views;

namespace ElectricBrain.Samples.Visualizer.Feed;

/// <summary>What the pages show at one moment.</summary>
/// <param name="View">The cluster; null before the first reading.</param>
/// <param name="ReadAt">When the cluster was read.</param>
/// <param name="Fault">Why the engine cannot be read at present; null while it can.</param>
internal sealed record FeedState(ClusterView? View, DateTimeOffset ReadAt, string? Fault)
{
    public static FeedState Empty { get; } = new(null, default, null);

    /// <summary>Whether an older state is shown because the engine is lost.</summary>
    public bool IsStale => View is not null && Fault is not null;
}
