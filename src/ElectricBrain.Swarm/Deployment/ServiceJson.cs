using System.Text.Json.Nodes;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Specs;
using static ElectricBrain.Swarm.Deployment.SpecJson;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Writes a service as the engine takes it, field by field as the docker command line does.</summary>
/// <remarks>Source: Docker Engine API 1.41, ServiceSpec.</remarks>
internal static class ServiceJson
{
    /// <summary>Writes the spec.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stackName">The stack's name, for the labels.</param>
    /// <param name="image">The reference to run, with its digest where it is known.</param>
    /// <param name="platforms">The image's platforms; null when unknown.</param>
    /// <param name="idOf">Gives the engine's identifier of a secret or config; null while it does not exist.</param>
    public static JsonObject Write(
        ServiceSpec service, string stackName, string image, JsonArray? platforms, Func<ObjectKind, string, string?> idOf) => Object(
        ("Name", service.Name),
        ("Labels", Labels(service.Labels, (StackLabels.Image, service.Image), (StackLabels.Namespace, stackName))),
        ("TaskTemplate", Object(
            ("ContainerSpec", Container(service, stackName, image, idOf)),
            ("Resources", Object(("Limits", Resources(service.Limits)), ("Reservations", Resources(service.Reservations)))),
            ("RestartPolicy", RestartPolicy(service.RestartPolicy)),
            ("Placement", Placement(service.Placement, platforms)),
            ("Networks", Array(service.Networks.Select(Attachment))),
            ("LogDriver", LogDriver(service.LogDriver)),
            ("ForceUpdate", 0))),
        ("Mode", Mode(service)),
        ("UpdateConfig", Rollout(service.Update)),
        ("RollbackConfig", Rollout(service.Rollback)),
        ("EndpointSpec", Object(("Mode", Text(service.EndpointMode)), ("Ports", Array(service.Ports.Select(Port))))));

    private static JsonObject Container(ServiceSpec service, string stackName, string image, Func<ObjectKind, string, string?> idOf) => Object(
        ("Image", image),
        ("Labels", Labels(service.ContainerLabels, (StackLabels.Namespace, stackName))),
        ("Command", List(service.Entrypoint)),
        ("Args", List(service.Arguments)),
        ("Hostname", Text(service.Hostname)),
        ("Env", List(service.Environment.Select(variable => variable.Value is null ? variable.Key : $"{variable.Key}={variable.Value}")
            .Order(StringComparer.Ordinal))),
        ("Dir", Text(service.WorkingDirectory)),
        ("User", Text(service.User)),
        ("Privileges", new JsonObject { ["CredentialSpec"] = null, ["SELinuxContext"] = null, ["NoNewPrivileges"] = false }),
        ("Init", service.Init),
        ("StopSignal", Text(service.StopSignal)),
        ("TTY", True(service.HasTerminal)),
        ("OpenStdin", True(service.KeepsStandardInputOpen)),
        ("ReadOnly", True(service.IsReadOnly)),
        ("Mounts", Array(service.Mounts.Select(mount => Mount(mount, stackName)))),
        ("StopGracePeriod", PointedNanoseconds(service.StopGracePeriod)),
        ("Healthcheck", Healthcheck(service.Healthcheck)),
        ("Hosts", List(service.ExtraHosts)),
        ("DNSConfig", NonEmpty(Object(("Nameservers", List(service.DnsServers)), ("Search", List(service.DnsSearch))))),
        ("Secrets", Array(service.Secrets.Select(secret => File(secret, ObjectKind.Secret, idOf)))),
        ("Configs", Array(service.Configs.Select(config => File(config, ObjectKind.Config, idOf)))),
        ("Sysctls", Map(service.Sysctls)),
        ("CapabilityAdd", List(service.CapabilitiesAdded)),
        ("CapabilityDrop", List(service.CapabilitiesDropped)),
        ("Ulimits", Array(service.Ulimits.Select(limit => Object(("Name", limit.Name), ("Hard", limit.Hard), ("Soft", limit.Soft))))));

    private static JsonObject Mount(MountSpec mount, string stackName) => mount switch
    {
        BindMount bind => Object(
            ("Type", "bind"),
            ("Source", bind.Source),
            ("Target", bind.Target),
            ("ReadOnly", True(bind.IsReadOnly)),
            ("BindOptions", bind.Propagation is null ? null : Object(("Propagation", bind.Propagation)))),
        TmpfsMount tmpfs => Object(
            ("Type", "tmpfs"),
            ("Target", tmpfs.Target),
            ("ReadOnly", True(tmpfs.IsReadOnly)),
            ("TmpfsOptions", tmpfs.SizeBytes is null ? null : Object(("SizeBytes", Number(tmpfs.SizeBytes))))),
        VolumeMount volume => Object(
            ("Type", "volume"),
            ("Source", Text(volume.Source)),
            ("Target", volume.Target),
            ("ReadOnly", True(volume.IsReadOnly)),
            ("VolumeOptions", NonEmpty(Object(
                ("NoCopy", True(volume.NoCopy)),
                ("Labels", volume.Source is null || volume.IsExternal ? null : Labels(volume.Labels, (StackLabels.Namespace, stackName))),
                ("DriverConfig", NonEmpty(Object(("Name", Text(volume.Driver)), ("Options", Map(volume.DriverOptions))))))))),
        _ => throw new InvalidOperationException($"Unknown mount {mount.GetType()}."),
    };

    private static JsonObject? Healthcheck(HealthcheckSpec? healthcheck) => healthcheck is null ? null : Object(
        ("Test", List(healthcheck.Test)),
        ("Interval", Nanoseconds(healthcheck.Interval)),
        ("Timeout", Nanoseconds(healthcheck.Timeout)),
        ("StartPeriod", Nanoseconds(healthcheck.StartPeriod)),
        ("Retries", Number(healthcheck.Retries)));

    private static JsonObject File(FileReference reference, ObjectKind kind, Func<ObjectKind, string, string?> idOf) => Object(
        ("File", Object(("Name", reference.Target), ("UID", reference.Uid), ("GID", reference.Gid), ("Mode", (int)reference.Mode))),
        ($"{kind}ID", idOf(kind, reference.Name)),
        ($"{kind}Name", reference.Name));

    private static JsonObject? Resources(ResourceSpec? resources) => resources is null ? null : Object(
        ("NanoCPUs", Number(resources.NanoCpus)), ("MemoryBytes", Number(resources.MemoryBytes)), ("Pids", Number(resources.Pids)));

    private static JsonObject? RestartPolicy(RestartPolicySpec? policy) => policy is null ? null : Object(
        ("Condition", Text(policy.Condition)),
        ("Delay", PointedNanoseconds(policy.Delay)),
        ("MaxAttempts", policy.MaxAttempts),
        ("Window", PointedNanoseconds(policy.Window)));

    private static JsonObject Placement(PlacementSpec placement, JsonArray? platforms) => Object(
        ("Constraints", List(placement.Constraints)),
        ("Preferences", Array(placement.SpreadOver.Select(label => new JsonObject { ["Spread"] = new JsonObject { ["SpreadDescriptor"] = label } }))),
        ("MaxReplicas", Number(placement.MaxReplicasPerNode)),
        ("Platforms", platforms is { Count: > 0 } ? platforms.DeepClone() : null));

    private static JsonObject Attachment(NetworkAttachment attachment) =>
        Object(("Target", attachment.Network), ("Aliases", List(attachment.Aliases)));

    private static JsonObject? LogDriver(LogDriverSpec? driver) => driver is null ? null : Object(("Name", Text(driver.Name)), ("Options", Map(driver.Options)));

    private static JsonObject Mode(ServiceSpec service) => service.Mode switch
    {
        ServiceMode.Global => new JsonObject { ["Global"] = new JsonObject() },
        ServiceMode.GlobalJob => new JsonObject { ["GlobalJob"] = new JsonObject() },
        ServiceMode.ReplicatedJob => new JsonObject
        {
            ["ReplicatedJob"] = Object(("MaxConcurrent", service.Replicas), ("TotalCompletions", service.Replicas)),
        },
        _ => new JsonObject { ["Replicated"] = Object(("Replicas", service.Replicas)) },
    };

    private static JsonObject? Rollout(RolloutSpec? rollout) => rollout is null ? null : Object(
        ("Parallelism", rollout.Parallelism),
        ("Delay", Nanoseconds(rollout.Delay)),
        ("FailureAction", Text(rollout.FailureAction)),
        ("Monitor", Nanoseconds(rollout.Monitor)),
        ("MaxFailureRatio", rollout.MaxFailureRatio),
        ("Order", rollout.Order ?? ""));

    private static JsonObject Port(PortSpec port) => Object(
        ("Protocol", Text(port.Protocol)), ("TargetPort", port.Target), ("PublishedPort", port.Published), ("PublishMode", Text(port.Mode)));
}
