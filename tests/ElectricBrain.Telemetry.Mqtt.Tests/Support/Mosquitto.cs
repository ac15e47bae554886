using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ElectricBrain.Telemetry.Mqtt.Tests.Support;

/// <summary>A real broker (Debian's mosquitto) on a free port, with a directory of its own.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";

    private readonly string _directory;
    private Process? _process;

    private Mosquitto(string directory) => _directory = directory;

    public int Port { get; private init; }

    public string File(string name) => Path.Combine(_directory, name);

    /// <summary>Starts a broker with further lines of configuration.</summary>
    public static async Task<Mosquitto> StartAsync(Func<Mosquitto, IEnumerable<string>>? configure = null)
    {
        // Never skipped in CI: there the package has to be installed.
        Assert.SkipWhen(!System.IO.File.Exists(Program) && Environment.GetEnvironmentVariable("CI") is null, "mosquitto is not installed: apt-get install mosquitto");
        var broker = new Mosquitto(Directory.CreateTempSubdirectory("electricbrain-mqtt-").FullName) { Port = FreePort() };
        string[] common = [$"listener {broker.Port} 127.0.0.1", "user root"];
        await System.IO.File.WriteAllLinesAsync(broker.File("mosquitto.conf"), [.. common, .. configure?.Invoke(broker) ?? ["allow_anonymous true"]]);
        await broker.StartAsync();
        return broker;
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", File("mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 200 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Ends the broker without any farewell.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
