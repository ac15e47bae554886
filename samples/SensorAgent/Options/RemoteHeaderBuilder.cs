using ElectricBrain.Sensors.Buses.Rgpiod;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Reads the address of the machine with the hat.</summary>
internal static class RemoteHeaderBuilder
{
    private const string Scheme = "rgpiod";

    /// <exception cref="AgentException">The address is not usable.</exception>
    public static RemoteHeader? Build(AgentArguments arguments)
    {
        if (arguments.Simulate && arguments.Header is not null)
        {
            throw new AgentException(ExitCode.Usage, "--simulate and --header exclude each other; a simulated hat is on no machine. Give one of them.");
        }

        var variable = arguments.Simulate ? null : AgentEnvironment.Get(AgentEnvironment.Header);
        return (arguments.Header ?? variable) is { } address
            ? Parse(arguments.Header is null ? '$' + AgentEnvironment.Header : "--header", address)
            : null;
    }

    private static RemoteHeader Parse(string source, string address)
    {
        var isValid = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri is { Scheme: Scheme, Host.Length: > 0, UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0, AbsolutePath: "" or "/", Port: not 0 };
        return isValid
            ? new RemoteHeader(uri!.DnsSafeHost, uri.Port < 0 ? RgpiodHeaderOptions.DefaultPort : uri.Port)
            : throw new AgentException(ExitCode.Usage, $"{source} {address} is not an address of rgpiod; give {Scheme}://HOST or {Scheme}://HOST:PORT, such as {Scheme}://pi-zero.lan.");
    }
}
