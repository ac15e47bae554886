using System.Diagnostics;
using System.Text.Json;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>The Python process with the peer's packages: answers a line of JSON with another.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    /// <param name="interpreter">The Python interpreter.</param>
    /// <param name="arguments">The script and its arguments.</param>
    public PythonPeer(string interpreter, IEnumerable<string> arguments) => _process = Process.Start(new ProcessStartInfo(interpreter, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException($"{interpreter} did not start.");

    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public async Task<JsonDocument> AskAsync(object request, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var reply = await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The Python process ended; what it said is above.");
        return JsonDocument.Parse(reply);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
