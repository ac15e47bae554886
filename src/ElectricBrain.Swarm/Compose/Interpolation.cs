using System.Text;
using System.Text.RegularExpressions;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Puts variables into texts: <c>$A</c>, <c>${A}</c>, <c>${A:-d}</c>, <c>${A-d}</c>, <c>${A:?msg}</c>, <c>${A?msg}</c> and <c>$$</c>.</summary>
/// <remarks>Source: the Compose specification, Interpolation, as far as the docker command line's stack files have it.</remarks>
internal static partial class Interpolation
{
    /// <summary>Gives the text with its variables, or the reason why that is impossible.</summary>
    public static (string Text, string? Problem) Apply(string template, Func<string, string?> variables)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return (template, null);
        }

        var text = new StringBuilder(template.Length);
        int position = 0;
        foreach (Match match in Substitution().Matches(template))
        {
            text.Append(template, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.Groups["invalid"].Success)
            {
                return (template, $"'{template}' holds a '$' that starts no variable. Write '$$' for a dollar sign.");
            }

            if (match.Groups["escaped"].Success)
            {
                text.Append('$');
                continue;
            }

            string name = match.Groups["name"].Value;
            string rest = match.Groups["rest"].Value;
            string? value = variables(name);
            string operation = match.Groups["operation"].Value;
            bool missing = operation.StartsWith(':') ? string.IsNullOrEmpty(value) : value is null;
            if (missing && operation.EndsWith('?'))
            {
                return (template, $"the variable {name} is required: {(rest.Length == 0 ? "it is not set" : rest)}. Set it in the environment.");
            }

            text.Append(missing && operation.EndsWith('-') ? rest : value);
        }

        return (text.Append(template, position, template.Length - position).ToString(), null);
    }

    [GeneratedRegex(
        @"\$(?:(?<escaped>\$)|(?<name>[_a-z][_a-z0-9]*)|\{(?<name>[_a-z][_a-z0-9]*)(?:(?<operation>:?[-?])(?<rest>[^}]*))?\}|(?<invalid>))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Substitution();
}
