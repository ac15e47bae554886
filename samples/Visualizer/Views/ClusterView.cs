namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>The cluster as the page shows it. Parts that did not change are the same objects as in the view before.</summary>
public sealed record ClusterView(
    ClusterTotals Totals,
    ValueList<NodeView> Nodes,
    ValueList<TaskView> Unplaced,
    ValueList<ServiceView> Services,
    ValueList<ProblemView> Problems,
    ValueList<StackView> Stacks,
    ValueList<string> Labels);

/// <summary>The sums in the page's head.</summary>
public sealed record ClusterTotals(
    int Nodes, int ReadyNodes, double Cpus, long MemoryBytes, int RunningTasks, int WantedTasks,
    ValueList<Share> Architectures, ValueList<Share> EngineVersions);

/// <summary>How many nodes have something in common.</summary>
public sealed record Share(string Name, int Count);

/// <summary>A stack and its colour.</summary>
public sealed record StackView(string Name, int Tone);
