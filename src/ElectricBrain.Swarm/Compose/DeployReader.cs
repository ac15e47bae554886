using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads the key <c>deploy</c> of a service.</summary>
internal static class DeployReader
{
    public static ServiceSpec Read(ComposeValue? value, ServiceSpec service)
    {
        if (value?.Fields() is not { } fields)
        {
            return service;
        }

        (ResourceSpec? limits, ResourceSpec? reservations) = Resources(fields.Take("resources"));
        ServiceSpec deployed = service with
        {
            Mode = fields.Take("mode")?.OneOf("replicated", "global", "replicated-job", "global-job") switch
            {
                "global" => ServiceMode.Global,
                "replicated-job" => ServiceMode.ReplicatedJob,
                "global-job" => ServiceMode.GlobalJob,
                _ => ServiceMode.Replicated,
            },
            Replicas = (int?)fields.Take("replicas")?.Integer(0, int.MaxValue),
            Labels = fields.Take("labels")?.FilledEntries() ?? SpecDefaults.NoEntries,
            Placement = Placement(fields.Take("placement")),
            Limits = limits,
            Reservations = reservations,
            RestartPolicy = fields.Take("restart_policy") is { } restart ? RestartPolicy(restart) : service.RestartPolicy,
            Update = Rollout(fields.Take("update_config"), mayRollBack: true),
            Rollback = Rollout(fields.Take("rollback_config"), mayRollBack: false),
            EndpointMode = fields.Take("endpoint_mode")?.OneOf("vip", "dnsrr"),
        };
        fields.Finish();
        return deployed;
    }

    private static PlacementSpec Placement(ComposeValue? value)
    {
        if (value?.Fields() is not { } fields)
        {
            return new PlacementSpec();
        }

        List<string> spread = [];
        foreach (ComposeValue item in fields.Take("preferences")?.Items() ?? [])
        {
            ComposeFields? preference = item.Fields();
            if (preference?.Take("spread")?.Text() is { } label)
            {
                spread.Add(label);
            }

            preference?.Finish();
        }

        var placement = new PlacementSpec
        {
            Constraints = fields.Take("constraints")?.Texts() ?? [],
            SpreadOver = spread,
            MaxReplicasPerNode = fields.Take("max_replicas_per_node")?.Integer(),
        };
        fields.Finish();
        return placement;
    }

    private static (ResourceSpec? Limits, ResourceSpec? Reservations) Resources(ComposeValue? value)
    {
        if (value?.Fields() is not { } fields)
        {
            return (null, null);
        }

        ResourceSpec? limits = Resource(fields.Take("limits"), isLimit: true);
        ResourceSpec? reservations = Resource(fields.Take("reservations"), isLimit: false);
        fields.Finish();
        return (limits, reservations);
    }

    private static ResourceSpec? Resource(ComposeValue? value, bool isLimit)
    {
        if (value?.Fields() is not { } fields)
        {
            return null;
        }

        var resource = new ResourceSpec
        {
            NanoCpus = fields.Take("cpus")?.NanoCpus(),
            MemoryBytes = fields.Take("memory")?.Bytes(),
            Pids = isLimit ? fields.Take("pids")?.Integer() : null,
        };
        fields.Finish();
        return resource;
    }

    private static RestartPolicySpec? RestartPolicy(ComposeValue value)
    {
        if (value.Fields() is not { } fields)
        {
            return null;
        }

        var policy = new RestartPolicySpec
        {
            Condition = fields.Take("condition")?.OneOf("none", "on-failure", "any"),
            Delay = fields.Take("delay")?.Duration(),
            MaxAttempts = fields.Take("max_attempts")?.Integer(),
            Window = fields.Take("window")?.Duration(),
        };
        fields.Finish();
        return policy;
    }

    private static RolloutSpec? Rollout(ComposeValue? value, bool mayRollBack)
    {
        if (value?.Fields() is not { } fields)
        {
            return null;
        }

        ComposeValue? action = fields.Take("failure_action");
        var rollout = new RolloutSpec
        {
            Parallelism = fields.Take("parallelism")?.Integer() ?? 1,
            Delay = fields.Take("delay")?.Duration(),
            FailureAction = mayRollBack ? action?.OneOf("pause", "continue", "rollback") : action?.OneOf("pause", "continue"),
            Monitor = fields.Take("monitor")?.Duration(),
            MaxFailureRatio = fields.Take("max_failure_ratio")?.Number(0, 1) ?? 0,
            Order = fields.Take("order")?.OneOf("stop-first", "start-first"),
        };
        fields.Finish();
        return rollout;
    }
}
