using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>The agent as a process of its own.</summary>
internal sealed class AgentProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;

    private AgentProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public static AgentProcess Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts an agent with further variables.</summary>
    public static AgentProcess Start((string Name, string Value)[] variables, string[] arguments)
    {
        // A shell's background job ignores INT, and so does what it starts, these tests among them: the agent gets a terminal's defaults.
        string[] command = ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "SensorAgent"), .. arguments];
        var start = new ProcessStartInfo("env", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(static name => name.StartsWith("ELECTRICBRAIN_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new AgentProcess(Process.Start(start)!);
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var agent = Start(arguments);
        var exitCode = await agent.ExitAsync();
        return (exitCode, await agent._output, agent.Error);
    }

    /// <summary>The address of the page, once it is served.</summary>
    public async Task<Uri> UrlAsync()
    {
        const string Before = "The page is at ";
        var line = await Eventually.GetAsync(() =>
        {
            Assert.False(_process.HasExited, Error);
            return Task.FromResult(Error.Split('\n').FirstOrDefault(static line => line.Contains(Before, StringComparison.Ordinal)));
        });
        return new Uri(line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Trim());
    }

    /// <summary>Sends a signal, such as TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
