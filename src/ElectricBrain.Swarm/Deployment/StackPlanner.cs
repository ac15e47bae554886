using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Works out what has to happen, from what is wanted and what is observed alone.</summary>
internal static class StackPlanner
{
    public static StackPlan Plan(StackSpec stack, ObservedStack observed, bool prune)
    {
        List<PlannedChange> changes = [];
        List<string> warnings = [.. observed.Warnings];
        List<string> obstacles = [];
        foreach (NetworkSpec network in stack.Networks)
        {
            PlanNetwork(network, observed.Find(ObjectKind.Network, network.Name), changes, warnings, obstacles);
        }

        foreach (SecretSpec secret in stack.Secrets)
        {
            PlanSecret(stack, secret, observed.Find(ObjectKind.Secret, secret.Name), changes, obstacles);
        }

        foreach (ConfigSpec config in stack.Configs)
        {
            PlanConfig(stack, config, observed.Find(ObjectKind.Config, config.Name), changes, obstacles);
        }

        foreach (ServiceSpec service in InDependencyOrder(stack.Services))
        {
            PlanService(stack, service, observed, changes, obstacles);
        }

        PlanLeftovers(stack, observed, prune, changes, warnings);
        return new StackPlan(stack, observed) { Changes = changes, Warnings = warnings, Obstacles = obstacles };
    }

    /// <summary>Services after those that they depend on, otherwise in the given order.</summary>
    public static IReadOnlyList<ServiceSpec> InDependencyOrder(IReadOnlyList<ServiceSpec> services)
    {
        List<ServiceSpec> ordered = [];
        List<ServiceSpec> waiting = [.. services];
        while (waiting.Count > 0)
        {
            // A circle, which reading a file refuses, is broken at its first service.
            ServiceSpec next = waiting.Find(service => !service.DependsOn.Any(name => waiting.Exists(other => other.Name == name))) ?? waiting[0];
            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static void PlanNetwork(
        NetworkSpec network, ObservedObject? current, List<PlannedChange> changes, List<string> warnings, List<string> obstacles)
    {
        if (network.IsExternal)
        {
            if (current is null)
            {
                obstacles.Add($"The external network {network.Name} does not exist. Create it: docker network create --driver overlay {network.Name}");
            }
            else if (current.Raw["Scope"]?.ToString() is { } scope && scope != "swarm" && network.Name is not ("host" or "none" or "bridge"))
            {
                obstacles.Add($"The external network {network.Name} has the scope '{scope}', and services need 'swarm'. Create it with --driver overlay.");
            }

            return;
        }

        if (current is not null && Differences(network, current.Raw) is { Count: > 0 } differences)
        {
            warnings.Add($"The network {network.Name} stays as it is, though {string.Join(" and ", differences)}: the engine changes no network. Take the stack down first, or give the network another name.");
        }

        changes.Add(Change(ObjectKind.Network, network.Name, current is null ? PlannedAction.Create : PlannedAction.Unchanged));
    }

    private static List<string> Differences(NetworkSpec network, JsonObject current)
    {
        List<string> differences = [];
        Differ("its driver", network.Driver, current["Driver"]?.ToString());
        Differ("'internal'", network.IsInternal ? "true" : "false", current["Internal"]?.ToString().ToLowerInvariant() ?? "false");
        Differ("'attachable'", network.IsAttachable ? "true" : "false", current["Attachable"]?.ToString().ToLowerInvariant() ?? "false");
        foreach ((string key, string value) in network.DriverOptions)
        {
            Differ($"the driver option '{key}'", value, current["Options"]?[key]?.ToString());
        }

        if (network.Subnets.Count > 0)
        {
            IEnumerable<string?> subnets = (current["IPAM"]?["Config"] as JsonArray ?? []).Select(pool => pool?["Subnet"]?.ToString());
            Differ("its subnets", string.Join(", ", network.Subnets), string.Join(", ", subnets));
        }

        return differences;

        void Differ(string what, string wanted, string? found)
        {
            if (wanted != found)
            {
                differences.Add($"{what} should be '{wanted}' and is '{found}'");
            }
        }
    }

    private static void PlanSecret(StackSpec stack, SecretSpec secret, ObservedObject? current, List<PlannedChange> changes, List<string> obstacles)
    {
        if (secret.IsExternal)
        {
            if (current is null)
            {
                obstacles.Add($"The external secret {secret.Name} does not exist. Create it: docker secret create {secret.Name} FILE");
            }

            return;
        }

        if (current is null)
        {
            changes.Add(Change(ObjectKind.Secret, secret.Name, PlannedAction.Create));
            return;
        }

        // Without a fingerprint of ours the engine itself compares the content, as it does for the docker command line.
        bool? same = SecretFingerprint.Matches(current.Label(StackLabels.Fingerprint), secret.Content.Span);
        if (same == false)
        {
            obstacles.Add($"The content of the secret {secret.Name} changed, and a secret cannot be changed while it exists. Give it a new name: 'name: {secret.Name}_2'.");
        }

        var wanted = (JsonObject)ContentJson.Write(secret, stack.Name)["Labels"]!;
        if (same is not null)
        {
            wanted[StackLabels.Fingerprint] = current.Label(StackLabels.Fingerprint);
        }

        PlanLabels(ObjectKind.Secret, secret.Name, current, wanted, changes);
    }

    private static void PlanConfig(StackSpec stack, ConfigSpec config, ObservedObject? current, List<PlannedChange> changes, List<string> obstacles)
    {
        if (config.IsExternal)
        {
            if (current is null)
            {
                obstacles.Add($"The external config {config.Name} does not exist. Create it: docker config create {config.Name} FILE");
            }

            return;
        }

        if (current is null)
        {
            changes.Add(Change(ObjectKind.Config, config.Name, PlannedAction.Create));
            return;
        }

        JsonObject wanted = ContentJson.Write(config, stack.Name);
        if (wanted["Data"]?.ToString() != (current.Spec["Data"]?.ToString() ?? ""))
        {
            obstacles.Add($"The content of the config {config.Name} changed, and a config cannot be changed while it exists. Give it a new name: 'name: {config.Name}_2'.");
        }

        PlanLabels(ObjectKind.Config, config.Name, current, (JsonObject)wanted["Labels"]!, changes);
    }

    private static void PlanLabels(ObjectKind kind, string name, ObservedObject current, JsonObject wanted, List<PlannedChange> changes)
    {
        var found = current.Spec["Labels"] as JsonObject ?? [];
        string[] differing = [.. found.Select(label => label.Key).Union(wanted.Select(label => label.Key))
            .Where(key => found[key]?.ToString() != wanted[key]?.ToString())];
        changes.Add(differing.Length == 0
            ? Change(kind, name, PlannedAction.Unchanged)
            : new PlannedChange(kind, name, PlannedAction.Update, [new FieldChange("Labels", null, string.Join(", ", differing), RestartsTasks: false)]));
    }

    private static void PlanService(StackSpec stack, ServiceSpec service, ObservedStack observed, List<PlannedChange> changes, List<string> obstacles)
    {
        if (observed.Find(ObjectKind.Service, service.Name) is not { } current)
        {
            changes.Add(Change(ObjectKind.Service, service.Name, PlannedAction.Create));
            return;
        }

        JsonObject wanted = ServicePlanner.Wanted(service, stack.Name, observed, current);
        if (ServicePlanner.ModeOf(current.Spec) is { } mode && mode != ServicePlanner.ModeOf(wanted))
        {
            obstacles.Add($"The service {service.Name} runs in the mode {mode}, and the engine does not change a mode. Remove the service first: docker service rm {service.Name}");
        }

        IReadOnlyList<FieldChange> fields = ServicePlanner.Compare(current.Spec, wanted, observed);
        changes.Add(new PlannedChange(ObjectKind.Service, service.Name, fields.Count == 0 ? PlannedAction.Unchanged : PlannedAction.Update, fields));
    }

    private static void PlanLeftovers(StackSpec stack, ObservedStack observed, bool prune, List<PlannedChange> changes, List<string> warnings)
    {
        foreach (string name in observed.Services.Select(service => service.Name).Except(stack.Services.Select(service => service.Name)))
        {
            if (prune)
            {
                changes.Add(Change(ObjectKind.Service, name, PlannedAction.Remove));
            }
            else
            {
                warnings.Add($"The service {name} belongs to the stack and is no longer in the file. It stays; pruning removes it.");
            }
        }
    }

    private static PlannedChange Change(ObjectKind kind, string name, PlannedAction action) => new(kind, name, action, []);
}
