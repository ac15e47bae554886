using System.Security.Cryptography;
using System.Text;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>Where things are: the repository this run was built from, its lab, and what it keeps for people to look at.</summary>
public static class LabPaths
{
    public static string Repository => WorkingCopy.Root;

    /// <summary>
    /// One lab per working copy, so that the next run finds what a killed one left behind. It is outside the repository because a
    /// socket's path is limited to 107 characters and because Elasticsearch, which does not run as root, has to enter it.
    /// </summary>
    public static string Lab { get; } = Path.Combine(
        Path.GetTempPath(), "electricbrain-lab-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository)))[..8]);

    /// <summary>Logs, screenshots and the like of this run.</summary>
    public static string Results { get; } = Directory.CreateDirectory(Path.Combine(Repository, "artifacts", "test-results")).FullName;
}
