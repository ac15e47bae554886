using System.ComponentModel;
using System.Diagnostics;

namespace ElectricBrain.Swarm.Connections.Ssh;

/// <summary>
/// Reaches an engine behind ssh as the docker command line does: OpenSSH's own client runs <c>docker system dial-stdio</c> over there, which joins its standard streams to the
/// engine's socket. Configuration, agents, keys and known hosts are OpenSSH's.
/// </summary>
/// <param name="address">Such as <c>ssh://pi@node1</c>, with the path of another socket than the usual where there is one.</param>
/// <param name="options">Further arguments of ssh.</param>
/// <remarks>Source: docker/cli, cli/connhelper.</remarks>
internal sealed class SshClient(Uri address, params string[] options)
{
    private const string Program = "ssh";

    /// <summary>Starts a connection. Whether it comes about shows when it is read.</summary>
    /// <exception cref="SshException">There is no ssh on this machine.</exception>
    public Stream Connect()
    {
        var start = new ProcessStartInfo(Program, Arguments()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return new SshStream(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new SshException($"the program '{Program}' cannot be started ({e.Message}). Install OpenSSH's client ('apt-get install openssh-client').", e);
        }
    }

    private List<string> Arguments()
    {
        // Nobody is there to answer questions: what ssh would ask for becomes an error that says so.
        List<string> arguments = [.. options, "-o", "BatchMode=yes", "-o", "ConnectTimeout=30", "-T"];
        if (address.UserInfo.Length > 0)
        {
            arguments.AddRange(["-l", Uri.UnescapeDataString(address.UserInfo)]);
        }

        if (address.Port > 0)
        {
            arguments.AddRange(["-p", $"{address.Port}"]);
        }

        // Behind the double dash nothing is taken for an option, whatever the host is called.
        arguments.AddRange(["--", address.IdnHost, "docker"]);
        if (address.AbsolutePath.Length > 1)
        {
            arguments.AddRange(["--host", Quoted($"unix://{Uri.UnescapeDataString(address.AbsolutePath)}")]);
        }

        arguments.AddRange(["system", "dial-stdio"]);
        return arguments;
    }

    /// <summary>One word for the shell over there.</summary>
    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
