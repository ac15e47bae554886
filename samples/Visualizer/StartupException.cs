namespace ElectricBrain.Samples.Visualizer;

/// <summary>The program cannot start; the message says why and what helps.</summary>
internal sealed class StartupException(string message, int exitCode) : Exception(message)
{
    public const int BadOptionCode = 2;
    public const int CannotListenCode = 3;

    public int ExitCode => exitCode;

    public static StartupException BadOption(string message) => new(message, BadOptionCode);

    public static StartupException CannotListen(IEnumerable<Uri> addresses, string reason) => new(
        $"Cannot serve the page on {string.Join(", ", addresses.Select(address => address.OriginalString))}: {reason} Choose another with --port or --urls.", CannotListenCode);
}
