using System.Text.RegularExpressions;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Takes what looks like a secret out of texts that people see.</summary>
internal static partial class Redaction
{
    private const string Hidden = "***";

    /// <summary>Whether a name says that its value is a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    /// <summary>Hides values that follow a secret's name, as in <c>password=x</c> or <c>--token x</c>, and user names with passwords in addresses.</summary>
    public static string Hide(string text) => UserInfo().Replace(Assignment().Replace(text, $"$1{Hidden}"), $"$1{Hidden}@");

    [GeneratedRegex(@"pass(word|wd|phrase)?|secret|token|api[-_]?key|private[-_]?key|credential|auth", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"((?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|private[-_]?key|credentials?|auth)[a-z0-9_.-]*""?(?:[=:]|"",""|\s)\s*""?)[^\s,""]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(://)[^/@\s""]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
