using System.Formats.Tar;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>A root file system with a static busybox: the smallest image with a shell, made here because nothing can be pulled.</summary>
public static class BusyboxImage
{
    private static readonly string[] Commands = ["sh", "cat", "echo", "sleep", "ls", "hostname", "nslookup", "ping", "wget", "httpd", "nc", "true", "false"];

    public static MemoryStream Create()
    {
        var busybox = Requirement.File("busybox is not installed (Debian: apt-get install -y busybox-static)", "/bin/busybox", "/usr/bin/busybox");
        var image = new MemoryStream();
        using (var tar = new TarWriter(image, leaveOpen: true))
        {
            tar.WriteEntry(busybox, "bin/busybox");
            foreach (var command in Commands)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
            }
        }

        image.Position = 0;
        return image;
    }
}
