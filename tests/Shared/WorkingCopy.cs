namespace ElectricBrain.Tests.Shared;

/// <summary>The working copy that the tests were built from.</summary>
internal static class WorkingCopy
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ElectricBrain.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No ElectricBrain.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
