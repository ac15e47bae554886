using System.Text;
using System.Text.RegularExpressions;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads stack files: Compose files of version 3, as <c>docker stack deploy</c> takes them.</summary>
public static partial class ComposeFile
{
    private const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Reads a stack file. Variables come from the process's environment.</summary>
    /// <param name="path">The file; its folder is where relative paths in it start.</param>
    /// <param name="stackName">The name of the stack: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ComposeException">The file cannot be read or used; every problem is listed.</exception>
    public static async Task<ComposeStack> ReadAsync(string path, string stackName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                throw new ComposeException([new ComposeProblem(path, 1, "", $"the file is larger than {LargestFile / 1024 / 1024} MiB. Is it a stack file?")]);
            }

            text = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ComposeException([new ComposeProblem(path, 1, "", $"the file cannot be read: {e.Message}")]);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(".");
        return Parse(text, path, folder, stackName, Environment.GetEnvironmentVariable);
    }

    /// <summary>Reads the text of a stack file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What to call the file in problems.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <param name="stackName">The name of the stack: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</param>
    /// <param name="variables">Gives the value of a variable; null when it is not set.</param>
    /// <exception cref="ComposeException">The text cannot be used; every problem is listed.</exception>
    public static ComposeStack Parse(string text, string file, string folder, string stackName, Func<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variables);
        var report = new ComposeReport(file);
        if (!StackNamePattern().IsMatch(stackName))
        {
            report.Problem(1, "", $"'{stackName}' cannot name a stack. Use letters, digits, '_', '-' and '.', starting with a letter or digit.");
        }

        ComposeMapping? root = ComposeYaml.Read(text, report);
        var scope = new ComposeScope(report, variables, folder, stackName);
        StackSpec? stack = root is null ? null : Read(new ComposeValue(root, "", scope));
        report.ThrowIfProblems();
        return new ComposeStack(stack!, report.Warnings);
    }

    private static StackSpec Read(ComposeValue root)
    {
        ComposeScope scope = root.Scope;
        ComposeFields fields = root.Fields()!;
        if (fields.Take("version") is { } version && version.Text() is { } number && !VersionPattern().IsMatch(number))
        {
            version.Problem($"'{number}' is not a version that is read. Write 3.0 to 3.13, or remove the key.");
        }

        Dictionary<string, NetworkSpec> networks = Section(fields, "networks", DeclarationReader.Network);
        networks.TryAdd("default", new NetworkSpec { Name = scope.Scoped("default") });
        Dictionary<string, ConfigSpec> configs = Section(fields, "configs", (name, value) => DeclarationReader.Content("config", name, value) is { } config
            ? new ConfigSpec { Name = config.Name, IsExternal = config.IsExternal, Content = config.Content, Labels = config.Labels }
            : null);
        Dictionary<string, SecretSpec> secrets = Section(fields, "secrets", (name, value) => DeclarationReader.Content("secret", name, value) is { } secret
            ? new SecretSpec { Name = secret.Name, IsExternal = secret.IsExternal, Content = secret.Content, Labels = secret.Labels }
            : null);
        var targets = new ComposeTargets(
            new ComposeTargets.Names("networks", networks.ToDictionary(entry => entry.Key, entry => entry.Value.Name)),
            new ComposeTargets.Names("configs", configs.ToDictionary(entry => entry.Key, entry => entry.Value.Name)),
            new ComposeTargets.Names("secrets", secrets.ToDictionary(entry => entry.Key, entry => entry.Value.Name)),
            Section(fields, "volumes", DeclarationReader.Volume));
        Dictionary<string, ServiceSpec> services = Section(fields, "services", (name, value) => ServiceReader.Read(name, value, targets));
        if (services.Count == 0 && !scope.Report.HasProblems)
        {
            root.Problem("the file has no service. Write at least one under 'services:'.");
        }

        fields.Refuse("is not supported in a stack file: the stack's name is given when it is deployed.", "name");
        fields.Refuse("is not supported in a stack file. Write the included services here.", "include");
        fields.Finish();
        CheckDependencies([.. services.Values], fields);
        return new StackSpec
        {
            Name = scope.StackName,
            Services = [.. services.Values],
            Networks = [.. networks.Where(entry => targets.Networks.IsUsed(entry.Key)).Select(entry => entry.Value)],
            Configs = [.. configs.Values],
            Secrets = [.. secrets.Values],
        };
    }

    private static Dictionary<string, T> Section<T>(ComposeFields fields, string section, Func<string, ComposeValue, T?> read)
        where T : class
    {
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string name, ComposeValue value) in fields.Take(section)?.Fields()?.All() ?? [])
        {
            if (name.StartsWith("x-", StringComparison.Ordinal) && section != "services")
            {
                continue;
            }

            if (!NamePattern().IsMatch(name))
            {
                value.Problem($"'{name}' cannot be a name. Use letters, digits, '_', '-' and '.'.");
            }

            if (read(name, value) is { } item)
            {
                items[name] = item;
            }
        }

        return items;
    }

    private static void CheckDependencies(ServiceSpec[] services, ComposeFields fields)
    {
        HashSet<string> names = [.. services.Select(service => service.Name)];
        foreach (ServiceSpec service in services)
        {
            foreach (string missing in service.DependsOn.Where(name => !names.Contains(name)))
            {
                fields.Take("services")!.Problem($"{service.Name} depends on {missing}, which is no service of this file.");
            }
        }

        HashSet<string> done = [];
        while (Array.Find(services, service => !done.Contains(service.Name) && service.DependsOn.All(name => done.Contains(name) || !names.Contains(name))) is { } next)
        {
            done.Add(next.Name);
        }

        if (done.Count < services.Length)
        {
            fields.Take("services")!.Problem($"'depends_on' goes in a circle: {string.Join(", ", services.Select(service => service.Name).Where(name => !done.Contains(name)))}.");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex StackNamePattern();

    [GeneratedRegex(@"^[a-zA-Z0-9._-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^3(\.([0-9]|1[0-3]))?$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
