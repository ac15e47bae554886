using System.Globalization;
using System.Runtime.CompilerServices;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// A process of its own that writes records 0, 1, 2... to an outbox and says after each commit how far it is, until it is killed.
/// It is this test program, started with a variable that turns it into the writer.
/// </summary>
internal static class KilledWriter
{
    private const string Variable = "ELECTRICBRAIN_TEST_OUTBOX";

    /// <summary>Runs a writer from a first number on, kills it (-9) after some commits, and returns the last number it reported.</summary>
    public static int RunAndKill(string directory, int first, int commits) =>
        KilledProcess.RunAndKill(Variable, directory, [], first, commits);

    [ModuleInitializer]
    internal static void BecomeTheWriter()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } directory)
        {
            return;
        }

        using var log = OutboxLog.Open(new DiskFileSystem(directory), 256 << 10, 1L << 30, static _ => { });
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var next = int.Parse(Environment.GetCommandLineArgs()[^1], CultureInfo.InvariantCulture); ; next += 10)
        {
            log.Commit(Outbox.OutboxCrashTests.Frames(Enumerable.Range(next, 10).Select(static number => $"{number:D9} {new string('x', number % 500)}")));
            output.WriteLine(next + 9);
        }
    }
}
