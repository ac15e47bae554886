using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>The samples as they were built together with these tests.</summary>
internal static class SampleBuild
{
    /// <summary>A file of a sample's build output, of the configuration that these tests are built in.</summary>
    public static string PathOf(string project, string file) => Path.Combine(
        LabPaths.Repository, "artifacts", "bin", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), file);
}
