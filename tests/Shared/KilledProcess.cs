using System.Diagnostics;
using System.Globalization;

namespace ElectricBrain.Tests.Shared;

/// <summary>
/// A process of its own that says how far it is, a number a line, until it is killed. It is this test program, started with a variable
/// that a module initializer takes as the order to be that process.
/// </summary>
internal static class KilledProcess
{
    /// <summary>Runs the process, kills it (-9) after some reports, and returns the last number that it reported.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">What the variable is set to.</param>
    /// <param name="arguments">The arguments before the number to begin with.</param>
    /// <param name="first">The number to begin with, the last argument.</param>
    /// <param name="reports">How many reports are waited for.</param>
    public static int RunAndKill(string variable, string value, IEnumerable<string> arguments, int first, int reports)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. arguments, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var last = first - 1;
        for (var i = 0; i < reports; i++)
        {
            last = int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }

        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            // What it reported before the signal came through counts too; its last line may be cut short.
            last = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var reported) && reported > last ? reported : last;
        }

        process.WaitForExit();
        return last;
    }
}
