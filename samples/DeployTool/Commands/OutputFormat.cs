namespace ElectricBrain.Samples.DeployTool.Commands;

internal enum OutputFormat
{
    Table,
    Json,
}
