namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads the environment of a service: the files first, then the entries, then our own environment for entries without a value.</summary>
internal static class EnvironmentReader
{
    public static IReadOnlyDictionary<string, string?> Read(ComposeFields fields)
    {
        ComposeScope scope = fields.Owner.Scope;
        var variables = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        ComposeValue? files = fields.Take("env_file");
        foreach (string file in files?.TextOrTexts() ?? [])
        {
            ReadFile(scope.Absolute(file), files!, variables);
        }

        foreach ((string name, string? value) in fields.Take("environment")?.Entries() ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        // The docker command line does so for an empty value as well as for a missing one.
        foreach (string name in variables.Where(variable => string.IsNullOrEmpty(variable.Value)).Select(variable => variable.Key).ToArray())
        {
            variables[name] = scope.Variables(name) ?? variables[name];
        }

        return variables;
    }

    private static void ReadFile(string path, ComposeValue place, SortedDictionary<string, string?> variables)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            place.Problem($"the file {path} cannot be read: {e.Message}");
            return;
        }

        foreach ((int index, string line) in lines.Index())
        {
            string text = line.TrimStart().TrimEnd('\r');
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? text : text[..equals];
            if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            {
                place.Problem($"line {index + 1} of {path} is not NAME=VALUE.");
                continue;
            }

            variables[name] = equals < 0 ? null : text[(equals + 1)..];
        }
    }
}
