using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>
/// The agent as an image in the lab's registry, made the way the guide in samples/stacks tells users to. Only its base differs:
/// nothing can be pulled, so it is this machine's C library, OpenSSL and bash in the shape of .NET's own base images, with their user <c>app</c>.
/// </summary>
internal static partial class AgentImage
{
    private const int AppUser = 1654;
    private const string Shell = "/bin/bash";

    private static string? _published;

    /// <summary>Publishes it once per run and returns its reference.</summary>
    public static async Task<string> PublishAsync(LabFixture lab, CancellationToken cancellationToken) =>
        _published ??= await BuildAsync(lab, cancellationToken);

    private static async Task<string> BuildAsync(LabFixture lab, CancellationToken cancellationToken)
    {
        using var rootFileSystem = await CreateBaseAsync(cancellationToken);
        var baseImage = await lab.Swarm.PushImageAsync(
            rootFileSystem, "runtime-deps:10.0", cancellationToken, $"ENV APP_UID={AppUser}", "ENV ASPNETCORE_HTTP_PORTS=8080");
        var registry = baseImage[..baseImage.IndexOf('/', StringComparison.Ordinal)];
        var (exitCode, output, errors) = await CommandLine.RunAsync(
            "dotnet",
            [
                "publish", "samples/SensorAgent", "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "-t:PublishContainer",
                $"-p:ContainerBaseImage={baseImage}", $"-p:ContainerRegistry={registry}", "-p:ContainerRepository=sensor-agent",
            ],
            new Dictionary<string, string>
            {
                ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry,
                // Nothing of the build outlives it and keeps its output open.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = "false",
            },
            cancellationToken);
        Assert.True(exitCode == 0, $"The agent could not be published as an image:\n{output}{errors}");
        return $"{registry}/sensor-agent:latest";
    }

    private static async Task<MemoryStream> CreateBaseAsync(CancellationToken cancellationToken)
    {
        // What .NET, the health check and TLS load.
        var openSsl = Requirement.File("openssl is not installed (Debian: apt-get install -y openssl)", "/usr/bin/openssl");
        var (exitCode, output, errors) = await CommandLine.RunAsync("ldd", [Environment.ProcessPath!, Shell, openSsl], cancellationToken: cancellationToken);
        Assert.True(exitCode == 0, errors);
        var image = new MemoryStream();
        await using (var tar = new TarWriter(image, leaveOpen: true))
        {
            foreach (var file in LibraryPath().Matches(output).Select(match => match.Value).Append(Shell).Distinct())
            {
                await using var content = File.OpenRead(file);
                await AddAsync(file[1..], content);
            }

            await using var users = new MemoryStream(Encoding.ASCII.GetBytes($"root:x:0:0::/:\napp:x:{AppUser}:{AppUser}::/home/app:\n"));
            await AddAsync("etc/passwd", users);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = (UnixFileMode)0b1_111_111_111 }, cancellationToken);
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.Directory, "home/app/") { Mode = (UnixFileMode)0b111_101_000, Uid = AppUser, Gid = AppUser }, cancellationToken);

            Task AddAsync(string path, Stream content) => tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content, Mode = (UnixFileMode)0b111_101_101 }, cancellationToken);
        }

        image.Position = 0;
        return image;
    }

    // "libm.so.6 => /lib/libm.so.6 (0x...)" or "/lib64/ld-linux.so.2 (0x...)"; with several programs, each has a heading "/bin/bash:".
    [GeneratedRegex(@"(?<=\s)/\S+(?= \()")]
    private static partial Regex LibraryPath();
}
