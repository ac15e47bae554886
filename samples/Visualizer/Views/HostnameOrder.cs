namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Names in the order in which people count them: host2 before host10.</summary>
/// <remarks>The framework's numeric ordering is not there without globalization data, which a small image leaves out.</remarks>
internal sealed class HostnameOrder : IComparer<string>
{
    public static HostnameOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (leftPart, rightPart) = (PartLength(left), PartLength(right));
            var order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? CompareNumbers(left[..leftPart], right[..rightPart])
                : left[..leftPart].CompareTo(right[..rightPart], StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }

            left = left[leftPart..];
            right = right[rightPart..];
        }

        var byLength = left.Length.CompareTo(right.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
    }

    /// <summary>The length of the digits, or of the text without digits, at the beginning.</summary>
    private static int PartLength(ReadOnlySpan<char> text)
    {
        var other = char.IsAsciiDigit(text[0]) ? text.IndexOfAnyExceptInRange('0', '9') : text.IndexOfAnyInRange('0', '9');
        return other < 0 ? text.Length : other;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.CompareTo(right, StringComparison.Ordinal);
    }
}
