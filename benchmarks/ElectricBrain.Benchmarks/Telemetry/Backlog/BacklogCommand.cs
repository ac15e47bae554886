using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ElectricBrain.Benchmarks.Telemetry.Backlog;

/// <summary>A backlog that piled up while the server was away: how it is written, opened again and delivered, and in how much memory.</summary>
internal static class BacklogCommand
{
    public static Command Create()
    {
        var records = new Option<int>("--records") { Description = "The size of the backlog.", DefaultValueFactory = static _ => 10_000_000 };
        var server = ServerOption.Create("The Elasticsearch that takes the backlog. Default: a stub that stores nothing, so that the sender is the limit.", isRequired: false);
        var command = new Command("backlog", "Write, recover and deliver a backlog.") { records, server };
        command.SetAction((arguments, cancellationToken) => CompareAsync(arguments.GetValue(records), arguments.GetValue(server), cancellationToken));
        command.Add(Part("write", BacklogPhases.WriteAsync));
        command.Add(Part("open", BacklogPhases.OpenAsync));
        command.Add(Part("deliver", BacklogPhases.DeliverAsync));
        return command;
    }

    /// <summary>Each part is a process of its own, so that what one needs of memory is not seen in the other.</summary>
    private static Command Part(string name, Func<BacklogOptions, CancellationToken, Task> run)
    {
        var directory = new Option<string>("--directory") { Required = true };
        var server = ServerOption.Create("Where the records go.", isRequired: true);
        var records = new Option<int>("--records") { Required = true };
        var origin = new Option<long>("--origin") { Required = true };
        var command = new Command(name) { directory, server, records, origin };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => run(
            new BacklogOptions(
                arguments.GetRequiredValue(directory),
                arguments.GetValue(server)!,
                arguments.GetValue(records),
                DateTimeOffset.FromUnixTimeMilliseconds(arguments.GetValue(origin))),
            cancellationToken));
        return command;
    }

    private static async Task<int> CompareAsync(int records, Uri? server, CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory("backlog");
        var origin = TimeProvider.System.GetUtcNow().AddHours(-6);
        Console.WriteLine($"{records:N0} records");
        var nobody = new Uri($"http://127.0.0.1:{FreePort()}");
        await RunAsync("write", directory.Path, nobody, records, origin, cancellationToken);
        await RunAsync("open", directory.Path, nobody, records, origin, cancellationToken);
        using var stub = server is null ? new BulkStub(records, FreePort()) : null;
        await RunAsync("deliver", directory.Path, server ?? stub!.Address, records, origin, cancellationToken);
        if (stub is not null)
        {
            Console.WriteLine($"received by the stub: {stub.Received:N0}, missing {stub.Missing:N0}, twice {stub.Doubled:N0}");
        }

        return stub is { Missing: > 0 } or { Doubled: > 0 } ? 1 : 0;
    }

    private static async Task RunAsync(string part, string directory, Uri server, int records, DateTimeOffset origin, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "backlog", part, "--directory", directory, "--server", server.ToString(), "--records", records.ToString(CultureInfo.InvariantCulture),
            "--origin", origin.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode is not (0 or BacklogPhases.Killed))
        {
            throw new InvalidOperationException($"backlog {part} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
