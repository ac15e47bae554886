using System.Globalization;

namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Names in the order in which people count them: host2 before host10.</summary>
internal static class HostnameOrder
{
    public static StringComparer Instance { get; } = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);
}
