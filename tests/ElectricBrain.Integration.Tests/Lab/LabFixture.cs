using System.Diagnostics;
using ElectricBrain.Integration.Tests.Lab;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(LabFixture))]
// The suites share one machine, one swarm and one Elasticsearch, which some of them kill.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>
/// The real components of a run. A test class takes it as a constructor parameter and asks for what it needs inside its tests: each
/// component starts at its first use, is shared until the run's end, and skips the asking test where it cannot be had.
/// </summary>
public sealed class LabFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private Process? _guard;

    public LabFixture()
    {
        Elasticsearch = new ElasticsearchLab(this);
        Swarm = new SwarmLab(this);
    }

    public ElasticsearchLab Elasticsearch { get; }

    public SwarmLab Swarm { get; }

    /// <summary>Runs a script of eng/lab on this run's lab, one at a time; the first cleans up after a run that was killed.</summary>
    internal async Task<string> RunAsync(string script, string command, CancellationToken cancellationToken, params string[] options)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_guard is null)
            {
                await LabScript.RunAsync("down", [LabPaths.Lab], cancellationToken);
                _guard = LabScript.StartGuard();
            }

            if (command == "down")
            {
                KeepLogs();
            }

            return await LabScript.RunAsync(script, [command, LabPaths.Lab, .. options], cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_guard is not null)
        {
            KeepLogs();
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
        }

        _gate.Dispose();
    }

    private static void KeepLogs()
    {
        if (!Directory.Exists(LabPaths.Lab))
        {
            return;
        }

        var kept = Directory.CreateDirectory(Path.Combine(LabPaths.Results, "lab")).FullName;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        foreach (var log in Directory.EnumerateFiles(LabPaths.Lab, "*log", options))
        {
            var name = Path.GetRelativePath(LabPaths.Lab, log).Replace(Path.DirectorySeparatorChar, '-');
            File.Copy(log, Path.Combine(kept, $"{name}.txt"), overwrite: true);
        }
    }
}
