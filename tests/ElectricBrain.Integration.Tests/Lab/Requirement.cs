using System.Diagnostics.CodeAnalysis;

namespace ElectricBrain.Integration.Tests.Lab;

/// <summary>What a test does where a component is missing: it is skipped with the reason, but on a build server it fails.</summary>
public static class Requirement
{
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"Never skipped on a build server: {reason}");
        }

        Assert.Skip(reason);
    }

    /// <summary>The full path of the first of these that exists.</summary>
    public static string File(string reason, params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (System.IO.File.Exists(candidate))
            {
                return candidate;
            }
        }

        Missing(reason);
        return null;
    }
}
