using Microsoft.AspNetCore.Components;

namespace ElectricBrain.Samples.Visualizer.Components;

/// <summary>A part of the page that renders again only when what it shows is another.</summary>
public abstract class PartComponent : ComponentBase
{
    private object? _shown;
    private bool _isOther = true;

    /// <summary>Everything that the part shows.</summary>
    protected abstract object Shown { get; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var shown = Shown;
        _isOther = !shown.Equals(_shown);
        _shown = shown;
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _isOther;
}
