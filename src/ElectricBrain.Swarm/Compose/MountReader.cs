using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads what a service mounts: <c>[source:]target[:options]</c>, or the long form.</summary>
internal static class MountReader
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    public static IReadOnlyList<MountSpec> Read(ComposeValue? value, ComposeTargets targets)
    {
        List<MountSpec> mounts = [];
        foreach (ComposeValue item in value?.Items() ?? [])
        {
            if ((item.IsMapping ? ReadLong(item, targets) : ReadShort(item, targets)) is not { } mount)
            {
                continue;
            }

            if (mounts.Exists(other => other.Target == mount.Target))
            {
                item.Problem($"'{mount.Target}' is mounted twice. Remove one.");
            }

            mounts.Add(mount);
        }

        return mounts;
    }

    private static MountSpec? ReadShort(ComposeValue item, ComposeTargets targets)
    {
        if (item.Text() is not { } text)
        {
            return null;
        }

        string[] parts = text.Split(':');
        if (parts.Length > 3 || parts.Any(part => part.Length == 0))
        {
            item.Problem($"'{text}' is not a volume. Write such as data:/data, ./html:/srv:ro or /cache.");
            return null;
        }

        string? source = parts.Length == 1 ? null : parts[0];
        string target = parts.Length == 1 ? parts[0] : parts[1];
        bool isReadOnly = false, noCopy = false;
        string? propagation = null;
        foreach (string option in parts.Length == 3 ? parts[2].Split(',') : [])
        {
            switch (option)
            {
                case "ro" or "rw":
                    isReadOnly = option == "ro";
                    break;
                case "nocopy":
                    noCopy = true;
                    break;
                case "z" or "Z" or "cached" or "delegated" or "consistent":
                    item.Warn($"a swarm ignores the option '{option}'.");
                    break;
                default:
                    if (!Propagations.Contains(option))
                    {
                        item.Problem($"the option '{option}' is not known. Write ro, rw, nocopy or {string.Join(", ", Propagations)}.");
                    }

                    propagation = option;
                    break;
            }
        }

        return source is null || !IsPath(source)
            ? Volume(item, targets, source, target, isReadOnly, noCopy)
            : Bind(item, source, target, isReadOnly, propagation);
    }

    private static MountSpec? ReadLong(ComposeValue item, ComposeTargets targets)
    {
        ComposeFields fields = item.Fields()!;
        ComposeValue? typed = fields.Take("type");
        string? type = typed?.OneOf("volume", "bind", "tmpfs");
        string? source = fields.Take("source")?.Text();
        string? target = fields.Take("target")?.Text();
        bool isReadOnly = fields.Take("read_only")?.Flag() ?? false;
        fields.Ignore("a swarm ignores this key.", "consistency");
        MountSpec? mount = type switch
        {
            "bind" => Bind(item, source ?? "", target ?? "", isReadOnly, Option(fields, "bind", options => options.Take("propagation")?.OneOf(Propagations))),
            "tmpfs" => new TmpfsMount
            {
                Target = target ?? "",
                IsReadOnly = isReadOnly,
                SizeBytes = Option(fields, "tmpfs", options => options.Take("size")?.Integer()),
            },
            "volume" => Volume(
                item, targets, source, target ?? "", isReadOnly, Option(fields, "volume", options => options.Take("nocopy")?.Flag()) ?? false),
            _ => null,
        };
        if (mount is TmpfsMount && source is not null)
        {
            item.Problem("a tmpfs has no 'source'. Remove it.");
        }

        if (typed is null || string.IsNullOrEmpty(target))
        {
            item.Problem("a mount needs a 'type' (volume, bind or tmpfs) and a 'target'.");
        }

        if (type is not null)
        {
            fields.Finish();
        }

        return mount;
    }

    private static T? Option<T>(ComposeFields fields, string key, Func<ComposeFields, T?> read)
    {
        if (fields.Take(key)?.Fields() is not { } options)
        {
            return default;
        }

        T? option = read(options);
        options.Finish();
        return option;
    }

    private static BindMount Bind(ComposeValue item, string source, string target, bool isReadOnly, string? propagation)
    {
        if (source.Length == 0)
        {
            item.Problem("a bind mount needs a 'source': the path on the node.");
        }

        return new BindMount { Source = source.Length == 0 ? "" : item.Scope.Absolute(source), Target = target, IsReadOnly = isReadOnly, Propagation = propagation };
    }

    private static VolumeMount? Volume(ComposeValue item, ComposeTargets targets, string? source, string target, bool isReadOnly, bool noCopy)
    {
        var mount = new VolumeMount { Target = target, IsReadOnly = isReadOnly, NoCopy = noCopy };
        if (source is null)
        {
            return mount;
        }

        if (!targets.Volumes.TryGetValue(source, out VolumeDeclaration? declared))
        {
            item.Problem($"'{source}' is not declared. Add it under the top-level 'volumes', or write ./{source} for a folder of the node.");
            return null;
        }

        return mount with
        {
            Source = declared.Name,
            IsExternal = declared.IsExternal,
            Driver = declared.Driver,
            DriverOptions = declared.DriverOptions,
            Labels = declared.Labels,
        };
    }

    private static bool IsPath(string source) => source[0] is '/' or '.' or '~';
}
