using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>A real sshd on this machine that lets one key in, with keys of its own.</summary>
internal sealed class SshServer : IDisposable
{
    private const string Daemon = "/usr/sbin/sshd";

    private readonly string _folder;
    private readonly Process _process;

    private SshServer(string folder, int port)
    {
        (_folder, Port) = (folder, port);
        GenerateKey("host");
        GenerateKey("user");
        File.Copy(In("user.pub"), In("authorized_keys"));
        File.WriteAllText(In("known_hosts"), $"[127.0.0.1]:{port} {File.ReadAllText(In("host.pub"))}");
        File.WriteAllText(In("sshd_config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {In("host")}
            PidFile none
            AuthorizedKeysFile {In("authorized_keys")}
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no

            """);
        _process = Process.Start(new ProcessStartInfo(Daemon, ["-D", "-e", "-f", In("sshd_config")]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>What a person would have in ~/.ssh: the key, and the host's key from the first time.</summary>
    public string[] ClientOptions => ["-F", "none", "-o", $"IdentityFile={In("user")}", "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={In("known_hosts")}"];

    public static async Task<SshServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Daemon) || Environment.UserName != "root")
        {
            const string Missing = "needs root and Debian's openssh-server";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        Directory.CreateDirectory("/run/sshd");
        var server = new SshServer(folder, FreePort());
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
                return server;
            }
            catch (SocketException) when (!server._process.HasExited)
            {
                await Task.Delay(10, cancellationToken);
            }
        }
    }

    /// <summary>Takes the client's key away.</summary>
    public void Forget() => File.WriteAllText(In("authorized_keys"), "");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string In(string file) => Path.Combine(_folder, file);

    private void GenerateKey(string name)
    {
        using Process process = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", In(name)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
