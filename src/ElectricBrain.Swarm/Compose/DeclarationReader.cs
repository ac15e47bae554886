using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads the top-level sections that services refer to.</summary>
internal static class DeclarationReader
{
    private const int LargestContent = 500 * 1024;

    public static NetworkSpec? Network(string name, ComposeValue value)
    {
        if (value.IsNull)
        {
            return new NetworkSpec { Name = value.Scope.Scoped(name) };
        }

        if (value.Fields() is not { } fields)
        {
            return null;
        }

        (string engineName, bool isExternal) = Naming(name, fields);
        (string? addressDriver, IReadOnlyList<string> subnets) = Ipam(fields.Take("ipam"));
        var network = new NetworkSpec
        {
            Name = engineName,
            IsExternal = isExternal,
            Driver = fields.Take("driver")?.Text() ?? "overlay",
            DriverOptions = fields.Take("driver_opts")?.FilledEntries() ?? SpecDefaults.NoEntries,
            IsAttachable = fields.Take("attachable")?.Flag() ?? false,
            IsInternal = fields.Take("internal")?.Flag() ?? false,
            AddressDriver = addressDriver,
            Subnets = subnets,
            Labels = fields.Take("labels")?.FilledEntries() ?? SpecDefaults.NoEntries,
        };
        fields.Finish();
        return network;
    }

    public static VolumeDeclaration? Volume(string name, ComposeValue value)
    {
        if (value.IsNull)
        {
            return new VolumeDeclaration(value.Scope.Scoped(name), IsExternal: false);
        }

        if (value.Fields() is not { } fields)
        {
            return null;
        }

        (string engineName, bool isExternal) = Naming(name, fields);
        var volume = new VolumeDeclaration(engineName, isExternal)
        {
            Driver = fields.Take("driver")?.Text(),
            DriverOptions = fields.Take("driver_opts")?.FilledEntries() ?? SpecDefaults.NoEntries,
            Labels = fields.Take("labels")?.FilledEntries() ?? SpecDefaults.NoEntries,
        };
        fields.Finish();
        if (isExternal && (volume.Driver is not null || volume.DriverOptions.Count > 0 || volume.Labels.Count > 0))
        {
            value.Problem("an external volume has no driver, options or labels of its own. Remove them, or 'external'.");
        }

        return volume;
    }

    public static (string Name, bool IsExternal, byte[] Content, IReadOnlyDictionary<string, string> Labels)? Content(string kind, string name, ComposeValue value)
    {
        if (value.Fields() is not { } fields)
        {
            return null;
        }

        (string engineName, bool isExternal) = Naming(name, fields);
        ComposeValue? file = fields.Take("file");
        IReadOnlyDictionary<string, string> labels = fields.Take("labels")?.FilledEntries() ?? SpecDefaults.NoEntries;
        fields.Refuse($"is not supported. Put the {kind} into a file, and name it with 'file'.", "content", "environment", "driver", "driver_opts", "template_driver");
        fields.Finish();
        if (isExternal != file is null)
        {
            value.Problem($"a {kind} needs either 'file' or 'external: true'.");
        }

        byte[]? content = isExternal || file?.Text() is not { } path ? [] : ReadFile(value.Scope.Absolute(path), file);
        return content is null ? null : (engineName, isExternal, content, labels);
    }

    // 'name' is the engine's name as it is; without it an external object keeps the file's name, and another one gets the stack's prefix.
    private static (string EngineName, bool IsExternal) Naming(string name, ComposeFields fields)
    {
        string? given = fields.Take("name")?.Text();
        ComposeValue? external = fields.Take("external");
        if (external is not { IsMapping: true })
        {
            bool isExternal = external?.Flag() ?? false;
            return (given ?? (isExternal ? name : fields.Owner.Scope.Scoped(name)), isExternal);
        }

        external.Warn("'external.name' is deprecated. Write 'external: true' and 'name'.");
        ComposeFields old = external.Fields()!;
        string? oldName = old.Take("name")?.Text();
        old.Finish();
        if (given is not null && oldName is not null)
        {
            external.Problem("'name' and 'external.name' contradict each other. Remove the latter.");
        }

        return (given ?? oldName ?? name, true);
    }

    private static (string? Driver, IReadOnlyList<string> Subnets) Ipam(ComposeValue? value)
    {
        if (value?.Fields() is not { } fields)
        {
            return (null, []);
        }

        List<string> subnets = [];
        foreach (ComposeValue item in fields.Take("config")?.Items() ?? [])
        {
            ComposeFields? pool = item.Fields();
            if (pool?.Take("subnet")?.Text() is { } subnet)
            {
                subnets.Add(subnet);
            }

            pool?.Finish();
        }

        string? driver = fields.Take("driver")?.Text();
        fields.Finish();
        return (driver, subnets);
    }

    private static byte[]? ReadFile(string path, ComposeValue place)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestContent })
            {
                place.Problem($"{path} is larger than {LargestContent / 1024} KiB, the most that a swarm keeps in one object.");
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            place.Problem($"the file {path} cannot be read: {e.Message}");
            return null;
        }
    }
}
