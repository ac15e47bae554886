namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>A node's card.</summary>
public sealed record NodeView(
    string Id, string Hostname, string Role, NodeCondition Condition, string ConditionText, string Architecture, bool IsBoard,
    string OperatingSystem, string EngineVersion, double Cpus, long MemoryBytes, ValueList<string> Labels, ValueList<TaskView> Tasks);

/// <summary>What a person wants to know of a node first.</summary>
public enum NodeCondition
{
    Ready,
    Paused,
    Drained,
    Down,
}
