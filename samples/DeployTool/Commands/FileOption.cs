using System.CommandLine;

namespace ElectricBrain.Samples.DeployTool.Commands;

internal sealed class FileOption : Option<string>
{
    public FileOption()
        : base("--compose-file", "-c")
    {
        Description = "The stack file: Compose version 3, as docker stack deploy takes it.";
        HelpName = "file";
        Required = true;
    }
}
