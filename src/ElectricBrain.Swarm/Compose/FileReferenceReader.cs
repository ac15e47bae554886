using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads which configs or secrets a service sees, and where.</summary>
internal static class FileReferenceReader
{
    private const int HighestMode = 0xFFF;

    public static IReadOnlyList<FileReference> Read(ComposeValue? value, string kind, ComposeTargets.Names known)
    {
        List<FileReference> references = [];
        foreach (ComposeValue item in value?.Items() ?? [])
        {
            if (!item.IsMapping)
            {
                if (item.Text() is { } name && known.Use(name, item) is { } scoped)
                {
                    references.Add(new FileReference(scoped, name));
                }

                continue;
            }

            ComposeFields fields = item.Fields()!;
            string? source = fields.Take("source")?.Text();
            string? target = fields.Take("target")?.Text();
            string? uid = fields.Take("uid")?.Text();
            string? gid = fields.Take("gid")?.Text();
            long? mode = fields.Take("mode")?.Integer(0, HighestMode);
            fields.Finish();
            if (source is null)
            {
                item.Problem($"a {kind} needs a 'source': a name under the top-level '{kind}s'.");
            }
            else if (known.Use(source, item) is { } scoped)
            {
                var reference = new FileReference(scoped, string.IsNullOrEmpty(target) ? source : target);
                references.Add(reference with
                {
                    Uid = uid ?? reference.Uid,
                    Gid = gid ?? reference.Gid,
                    Mode = mode is null ? reference.Mode : (UnixFileMode)mode,
                });
            }
        }

        // The engine keeps the order it is given, and the docker command line gives this one.
        return [.. references.OrderBy(reference => reference.Name, StringComparer.Ordinal)];
    }
}
