namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>What the visitor wants to see; the default lets everything pass.</summary>
/// <param name="Text">Part of a node's, service's, stack's or image's name.</param>
/// <param name="Stack">The name of a stack.</param>
/// <param name="Label">A node's label, as <c>name=value</c>.</param>
public sealed record ViewFilter(string? Text = null, string? Stack = null, string? Label = null)
{
    public bool IsEmpty => string.IsNullOrEmpty(Text) && string.IsNullOrEmpty(Stack) && string.IsNullOrEmpty(Label);

    private bool SelectsTasks => !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(Stack);

    /// <summary>Whether the card is shown: the label fits, and its name or one of its tasks does.</summary>
    public bool Shows(NodeView node) => (string.IsNullOrEmpty(Label) || node.Labels.Contains(Label))
        && (!SelectsTasks || NamesNode(node) || node.Tasks.Any(Shows));

    /// <summary>Whether the chip is shown on the node; a text that names the node keeps all its chips.</summary>
    public bool Shows(TaskView task, NodeView node) => Shows(task) || NamesNode(node);

    public bool Shows(TaskView task) => Fits(task.Service, task.Stack, task.Image);

    public bool Shows(ServiceView service) => Fits(service.Name, service.Stack, service.Image);

    public bool Shows(ProblemView problem) => Fits(problem.Service, problem.Stack, problem.Where);

    private bool Fits(string service, string? stack, string other) => (string.IsNullOrEmpty(Stack) || stack == Stack)
        && (string.IsNullOrEmpty(Text) || Has(service) || Has(other) || (stack is not null && Has(stack)));

    private bool NamesNode(NodeView node) => string.IsNullOrEmpty(Stack) && !string.IsNullOrEmpty(Text) && (Has(node.Hostname) || Has(node.Architecture));

    private bool Has(string name) => name.Contains(Text!, StringComparison.OrdinalIgnoreCase);
}
