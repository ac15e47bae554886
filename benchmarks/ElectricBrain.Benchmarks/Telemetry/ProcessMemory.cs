using System.Globalization;

namespace ElectricBrain.Benchmarks.Telemetry;

/// <summary>What this process has of the machine's memory (proc_pid_status(5)), in MiB.</summary>
/// <param name="Now">VmRSS.</param>
/// <param name="Peak">VmHWM: the most since the start.</param>
internal readonly record struct ProcessMemory(double Now, double Peak)
{
    public static ProcessMemory Read()
    {
        var lines = File.ReadAllLines("/proc/self/status");
        return new ProcessMemory(Value(lines, "VmRSS:"), Value(lines, "VmHWM:"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RSS {Now:F1} MiB (peak {Peak:F1})");

    private static double Value(string[] lines, string name) =>
        double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
