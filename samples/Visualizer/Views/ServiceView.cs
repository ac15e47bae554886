namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>A service's line.</summary>
public sealed record ServiceView(
    string Id, string Name, string ShortName, string? Stack, int Tone, string Mode, int Running, int Wanted, string Image, ValueList<string> Ports,
    string? Update, string? UpdateMessage)
{
    public bool IsComplete => Running >= Wanted;
}
