using System.Runtime.InteropServices;

namespace ElectricBrain.Sensors.Tests.Sound.Sources.Alsa;

/// <summary>The real libasound, with devices of the test's making.</summary>
internal static partial class AlsaLibrary
{
    private const string SystemConfiguration = "/usr/share/alsa/alsa.conf";

    /// <summary>Skips the test where libasound is missing; on a build server it fails.</summary>
    public static void Require()
    {
        if (NativeLibrary.TryLoad("libasound.so.2", out _) && File.Exists(SystemConfiguration))
        {
            return;
        }

        const string Reason = "libasound.so.2 is not installed: apt-get install libasound2";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"Never skipped on a build server: {Reason}");
        Assert.Skip(Reason);
    }

    /// <summary>Lets libasound know the devices of a file in the form of ~/.asoundrc.</summary>
    public static void Configure(string path) => SetEnvironment("ALSA_CONFIG_PATH", $"{SystemConfiguration}:{path}", 1);

    // What libasound reads, unlike the environment that .NET keeps.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
