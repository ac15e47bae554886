using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ElectricBrain.Telemetry.Mqtt.Tests.Support;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>A real Prometheus (Debian's) that collects from one agent every second.</summary>
internal sealed class Prometheus : IDisposable
{
    private const string Program = "/usr/bin/prometheus";

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly HttpClient _client;

    private Prometheus(Uri agent)
    {
        var configuration = Path.Combine(_directory.Path, "prometheus.yml");
        File.WriteAllText(configuration, $"""
            global: {"{"} scrape_interval: 1s {"}"}
            scrape_configs:
              - job_name: agents
                static_configs: [{"{"} targets: ["{agent.Authority}"] {"}"}]
            """);
        var port = Mosquitto.FreePort();
        _client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        _process = Process.Start(new ProcessStartInfo(
            Program,
            [$"--config.file={configuration}", $"--storage.tsdb.path={_directory.Path}", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}")])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public static Prometheus Start(Uri agent)
    {
        SkipUnlessInstalled();
        return new Prometheus(agent);
    }

    /// <summary>What promtool has against a scrape; empty for nothing.</summary>
    public static async Task<string> CheckAsync(string scrape)
    {
        SkipUnlessInstalled();
        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await promtool.StandardInput.WriteAsync(scrape);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return promtool.ExitCode == 0 ? complaints.Trim() : $"exit code {promtool.ExitCode}: {complaints}";
    }

    /// <summary>The series that an expression finds, once it finds one.</summary>
    public Task<JsonElement[]> QueryAsync(string expression) => Eventually.GetAsync(async () =>
    {
        try
        {
            using var answer = JsonDocument.Parse(await _client.GetStringAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", TestContext.Current.CancellationToken));
            var found = answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(static series => series.Clone()).ToArray();
            return found.Length > 0 ? found : null;
        }
        catch (HttpRequestException)
        {
            // Still starting.
            return null;
        }
    });

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }

    // Never skipped in CI: there the package has to be installed.
    private static void SkipUnlessInstalled() =>
        Assert.SkipWhen(!File.Exists(Program) && Environment.GetEnvironmentVariable("CI") is null, "prometheus is not installed: apt-get install prometheus");
}
