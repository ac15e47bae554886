using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Registry;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads one service of a stack file.</summary>
internal static class ServiceReader
{
    public static ServiceSpec? Read(string name, ComposeValue value, ComposeTargets targets)
    {
        if (value.Fields() is not { } fields)
        {
            return null;
        }

        ComposeScope scope = value.Scope;
        string? image = fields.Take("image")?.Text();
        if (string.IsNullOrEmpty(image))
        {
            value.Problem("a service needs an 'image'; a swarm builds none.");
        }
        else if (!ImageReference.IsValid(image))
        {
            fields.Take("image")!.Problem($"'{image}' is not an image. Write such as nginx:1.27 or registry.local:5000/agent.");
        }

        string? restart = fields.Take("restart")?.Text();
        var service = new ServiceSpec
        {
            Name = scope.Scoped(name),
            Image = image ?? "",
            ContainerLabels = fields.Take("labels")?.FilledEntries() ?? SpecDefaults.NoEntries,
            Entrypoint = fields.Take("entrypoint")?.Command() ?? [],
            Arguments = fields.Take("command")?.Command() ?? [],
            Environment = EnvironmentReader.Read(fields),
            Hostname = fields.Take("hostname")?.Text(),
            WorkingDirectory = fields.Take("working_dir")?.Text(),
            User = fields.Take("user")?.Text(),
            Init = fields.Take("init")?.Flag(),
            IsReadOnly = fields.Take("read_only")?.Flag() ?? false,
            HasTerminal = fields.Take("tty")?.Flag() ?? false,
            KeepsStandardInputOpen = fields.Take("stdin_open")?.Flag() ?? false,
            StopSignal = fields.Take("stop_signal")?.Text(),
            StopGracePeriod = fields.Take("stop_grace_period")?.Duration(),
            Healthcheck = HealthcheckReader.Read(fields.Take("healthcheck")),
            Mounts = MountReader.Read(fields.Take("volumes"), targets),
            Configs = FileReferenceReader.Read(fields.Take("configs"), "config", targets.Configs),
            Secrets = FileReferenceReader.Read(fields.Take("secrets"), "secret", targets.Secrets),
            Networks = AttachmentsOf(name, fields.Take("networks"), targets),
            Ports = PortReader.Read(fields.Take("ports")),
            ExtraHosts = HostsOf(fields.Take("extra_hosts")),
            DnsServers = fields.Take("dns")?.TextOrTexts() ?? [],
            DnsSearch = fields.Take("dns_search")?.TextOrTexts() ?? [],
            CapabilitiesAdded = Capabilities(fields.Take("cap_add")),
            CapabilitiesDropped = Capabilities(fields.Take("cap_drop")),
            Sysctls = fields.Take("sysctls")?.FilledEntries() ?? SpecDefaults.NoEntries,
            Ulimits = UlimitsOf(fields.Take("ulimits")),
            LogDriver = LogDriverOf(fields.Take("logging")),
            DependsOn = [.. (fields.Take("depends_on")?.Texts(unique: true) ?? []).Select(scope.Scoped)],
            RestartPolicy = RestartOf(restart, fields),
        };
        service = DeployReader.Read(fields.Take("deploy"), service);
        RefuseTheRest(fields);
        if (service.Mode is ServiceMode.Global or ServiceMode.GlobalJob && service.Replicas is not null)
        {
            value.Problem("'replicas' has no meaning in a global mode. Remove 'replicas', or the 'mode'.");
        }

        return service;
    }

    private static void RefuseTheRest(ComposeFields fields)
    {
        fields.Ignore(
            "a swarm ignores this key.",
            "build", "cgroupns_mode", "cgroup_parent", "devices", "domainname", "external_links", "ipc", "links", "mac_address", "network_mode",
            "pid", "privileged", "security_opt", "shm_size", "userns_mode");
        fields.Ignore("a swarm ignores this key: the engine names containers after their task.", "container_name");
        fields.Ignore("a swarm ignores this key: within a network every port is open.", "expose");
        fields.Ignore("a swarm ignores this key. Write a long-form volume of the type tmpfs.", "tmpfs");
        fields.Refuse("is not supported in a swarm. Use YAML anchors instead.", "extends");
        fields.Refuse("is not supported in a swarm. Name the driver under the top-level 'volumes'.", "volume_driver");
        fields.Refuse("is not supported in a swarm. Mount a named volume in both services.", "volumes_from");
        fields.Refuse("is not supported in a swarm. Use 'deploy.resources'.", "cpu_quota", "cpu_shares", "cpuset", "mem_limit", "memswap_limit");
        fields.Finish();
    }

    private static NetworkAttachment[] AttachmentsOf(string service, ComposeValue? value, ComposeTargets targets)
    {
        List<NetworkAttachment> attachments = [];
        if (value is null or { Node: ComposeSequence { Items: [] } or ComposeMapping { Entries: [] } })
        {
            Attach("default", value, []);
        }
        else if (value.IsSequence)
        {
            foreach (ComposeValue item in value.Items())
            {
                if (item.Text() is { } network)
                {
                    Attach(network, item, []);
                }
            }
        }
        else
        {
            foreach ((string network, ComposeValue settings) in value.Fields()?.All() ?? [])
            {
                ComposeFields? fields = settings.IsNull ? null : settings.Fields();
                Attach(network, settings, fields?.Take("aliases")?.Texts(unique: true) ?? []);
                fields?.Ignore("a swarm ignores this key: it assigns addresses itself.", "ipv4_address", "ipv6_address");
                fields?.Finish();
            }
        }

        // The engine keeps the order it is given, and the docker command line gives this one.
        return [.. attachments.OrderBy(attachment => attachment.Network, StringComparer.Ordinal)];

        void Attach(string network, ComposeValue? place, IReadOnlyList<string> aliases)
        {
            if (targets.Networks.Use(network, place) is { } name)
            {
                if (attachments.Exists(attachment => attachment.Network == name))
                {
                    place?.Problem($"'{network}' stands twice. Remove one.");
                }

                attachments.Add(new NetworkAttachment(name, [.. aliases, service]));
            }
        }
    }

    private static string[] HostsOf(ComposeValue? value)
    {
        if (value is null)
        {
            return [];
        }

        List<(string Host, string Address)> hosts = [];
        if (value.IsMapping)
        {
            hosts.AddRange(value.FilledEntries().Select(entry => (entry.Key, entry.Value)));
        }
        else
        {
            foreach (ComposeValue item in value.Items())
            {
                if (item.Text() is not { } text)
                {
                    continue;
                }

                int split = text.IndexOfAny([':', '=']);
                if (split <= 0 || split == text.Length - 1)
                {
                    item.Problem($"'{text}' is not a host and its address. Write such as nas:10.0.0.2.");
                    continue;
                }

                hosts.Add((text[..split], text[(split + 1)..]));
            }
        }

        return [.. hosts.Select(host => $"{host.Address} {host.Host}")];
    }

    private static string[] Capabilities(ComposeValue? value)
    {
        IEnumerable<string> names = (value?.Texts(unique: true) ?? []).Select(name => name.Trim().ToUpperInvariant())
            .Select(name => name == "ALL" || name.StartsWith("CAP_", StringComparison.Ordinal) ? name : $"CAP_{name}");
        string[] sorted = [.. names.Distinct().Order(StringComparer.Ordinal)];
        return sorted.Contains("ALL") ? ["ALL"] : sorted;
    }

    private static UlimitSpec[] UlimitsOf(ComposeValue? value)
    {
        List<UlimitSpec> limits = [];
        foreach ((string name, ComposeValue limit) in value?.Fields()?.All() ?? [])
        {
            if (!limit.IsMapping)
            {
                if (limit.Integer(-1) is { } both)
                {
                    limits.Add(new UlimitSpec(name, both, both));
                }

                continue;
            }

            ComposeFields fields = limit.Fields()!;
            long? soft = fields.Take("soft")?.Integer(-1);
            long? hard = fields.Take("hard")?.Integer(-1);
            fields.Finish();
            if (soft is null || hard is null)
            {
                limit.Problem("needs both 'soft' and 'hard'.");
            }

            limits.Add(new UlimitSpec(name, soft ?? 0, hard ?? 0));
        }

        return [.. limits.OrderBy(limit => limit.Name, StringComparer.Ordinal)];
    }

    private static LogDriverSpec? LogDriverOf(ComposeValue? value)
    {
        if (value?.Fields() is not { } fields)
        {
            return null;
        }

        var driver = new LogDriverSpec(fields.Take("driver")?.Text() ?? "", fields.Take("options")?.FilledEntries() ?? SpecDefaults.NoEntries);
        fields.Finish();
        return driver;
    }

    // Outside a swarm 'restart' is what 'deploy.restart_policy' is inside; the latter wins where both stand.
    private static RestartPolicySpec? RestartOf(string? restart, ComposeFields fields)
    {
        string[] parts = (restart ?? "").Split(':', 2);
        switch (parts[0])
        {
            case "":
            case "no" when parts.Length == 1:
                return null;
            case "always" or "unless-stopped" when parts.Length == 1:
                return new RestartPolicySpec { Condition = "any" };
            case "on-failure" when parts.Length == 1:
                return new RestartPolicySpec { Condition = "on-failure" };
            case "on-failure" when long.TryParse(parts[1], out long attempts) && attempts >= 0:
                return new RestartPolicySpec { Condition = "on-failure", MaxAttempts = attempts };
            default:
                fields.Take("restart")!.Problem($"'{restart}' is not known. Write no, always, unless-stopped, on-failure or on-failure:N.");
                return null;
        }
    }
}
