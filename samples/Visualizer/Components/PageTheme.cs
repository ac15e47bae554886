using MudBlazor;

namespace ElectricBrain.Samples.Visualizer.Components;

/// <summary>The page's colours and type, dark and light.</summary>
internal static class PageTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Primary = "#ff5c8a",
            Secondary = "#4ade80",
            Background = "#0a0e14",
            Surface = "#131a24",
            AppbarBackground = "#0a0e14",
            TextPrimary = "#e8edf4",
            TextSecondary = "#93a1b5",
            LinesDefault = "#243041",
            LinesInputs = "#33435a",
            Divider = "#243041",
            Error = "#ff6b6b",
            Warning = "#fbbf24",
            Success = "#4ade80",
            Info = "#60a5fa",
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#c51a4a",
            Secondary = "#15803d",
            Background = "#f3f5f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            TextPrimary = "#101828",
            TextSecondary = "#566379",
            LinesDefault = "#dfe5ee",
            LinesInputs = "#c3cddb",
            Divider = "#dfe5ee",
            Error = "#d92d20",
            Warning = "#b45309",
            Success = "#15803d",
            Info = "#2563eb",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts }, Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none" } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
    };
}
