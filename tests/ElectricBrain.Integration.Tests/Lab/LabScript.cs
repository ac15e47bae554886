using System.Diagnostics;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>Runs the scripts of eng/lab, which say by their exit code whether they failed or a component is missing.</summary>
internal static class LabScript
{
    private const int ComponentMissing = 77;

    public static async Task<string> RunAsync(string script, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync(PathOf(script), arguments, cancellationToken: cancellationToken);
        if (exitCode == ComponentMissing)
        {
            Requirement.Missing(errors.Trim());
        }

        return exitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"eng/lab/{script} {string.Join(' ', arguments)} ended with {exitCode}: {errors}");
    }

    /// <summary>Starts the process that takes the lab down when this one ends, in whatever way.</summary>
    public static Process StartGuard() => Process.Start(new ProcessStartInfo("setsid", [PathOf("guard"), LabPaths.Lab])
    {
        RedirectStandardInput = true,
    })!;

    private static string PathOf(string script) => Path.Combine(LabPaths.Repository, "eng", "lab", script);
}
