using System.Text.RegularExpressions;

namespace ElectricBrain.Samples.Visualizer.Views;

/// <summary>Keeps what looks like a secret off the page.</summary>
internal static partial class Redaction
{
    /// <summary>Whether a label neither is named like a secret nor holds a value that looks like one.</summary>
    public static bool MayShow(string name, string value) => !SecretName().IsMatch(name) && !SecretValue().IsMatch(value);

    /// <summary>The text without the values of its secret-like parts.</summary>
    public static string Clean(string text) => UserInfo().Replace(Assignment().Replace(text, "$1***"), "://***@");

    [GeneratedRegex(@"pass(word|wd|phrase)?|secret|token|credential|api[-_.]?key|private[-_.]?key|access[-_.]?key|auth", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // A password inside a URL, a JSON web token, a PEM block, an access key of a large provider.
    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+@|^ey[A-Za-z0-9_-]{8,}\.|-----BEGIN|^(gh[pousr]_|AKIA|xox[abp]-)")]
    private static partial Regex SecretValue();

    [GeneratedRegex(@"((?:pass(?:word|wd|phrase)?|secret|token|credential|api[-_.]?key)[\w.-]*\s*[=:]\s*)[^\s,;""']+", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"://[^/\s@]+@")]
    private static partial Regex UserInfo();
}
