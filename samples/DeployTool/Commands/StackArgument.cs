using System.CommandLine;

namespace ElectricBrain.Samples.DeployTool.Commands;

internal sealed class StackArgument : Argument<string>
{
    public StackArgument()
        : base("stack") => Description = "The stack's name, which prefixes and labels all its objects.";
}
