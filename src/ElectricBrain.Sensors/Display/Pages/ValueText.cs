using System.Globalization;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Numbers and times as text, written without allocation.</summary>
internal static class ValueText
{
    public const string Missing = "--";
    public const int MaximumLength = 32;

    private static readonly string[] Formats = ["F0", "F1", "F2", "F3", "F4", "F5", "F6"];

    /// <summary>Writes a number with a true minus sign, and none before zero.</summary>
    public static ReadOnlySpan<char> Write(Span<char> buffer, double value, int decimals)
    {
        decimals = Math.Min(decimals, Formats.Length - 1);
        if (!value.TryFormat(buffer, out var length, Formats[decimals], CultureInfo.InvariantCulture))
        {
            return Missing;
        }

        var text = buffer[..length];
        if (text[0] != '-')
        {
            return text;
        }

        text[0] = '−';
        return text.ContainsAnyInRange('1', '9') ? text : text[1..];
    }

    /// <summary>Writes how long something takes, in the largest unit that it fills: "42 s", "5 min", "3 h", "2 d".</summary>
    public static ReadOnlySpan<char> Write(Span<char> buffer, TimeSpan time)
    {
        var (number, unit) = time switch
        {
            { TotalMinutes: < 1 } => ((int)Math.Max(0, time.TotalSeconds), "s"),
            { TotalHours: < 1 } => ((int)time.TotalMinutes, "min"),
            { TotalDays: < 1 } => ((int)time.TotalHours, "h"),
            _ => ((int)time.TotalDays, "d"),
        };
        return buffer.TryWrite(CultureInfo.InvariantCulture, $"{number} {unit}", out var length) ? buffer[..length] : Missing;
    }
}
