using System.Text.Json.Nodes;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>Judges, from raw JSON alone, how far a service is. Only tasks of the current spec count.</summary>
internal static class ServiceJudge
{
    private static readonly string[] Failures = ["failed", "rejected", "orphaned"];

    /// <summary>Judges one service; <see cref="ServiceState.Settling"/> is the best it can say of one moment.</summary>
    public static ServiceProgress Judge(ObservedObject service, IReadOnlyList<JsonObject> tasks)
    {
        JsonNode? template = Comparable(service.Spec["TaskTemplate"]);
        JsonObject[] current = [.. tasks.Where(task => JsonNode.DeepEquals(Comparable(task["Spec"]), template))
            .OrderByDescending(task => Text(task["CreatedAt"]), StringComparer.Ordinal)];
        bool isJob = service.Spec["Mode"] is JsonObject mode && (mode.ContainsKey("ReplicatedJob") || mode.ContainsKey("GlobalJob"));
        (int done, int wanted) = isJob ? CountJob(service.Spec, current) : Count(service.Spec, current);
        bool oldOnesRun = !isJob && tasks.Except(current).Any(task => Desired(task) is "running" or "ready");
        string? problem = ProblemOf(current);
        string update = Text(service.Raw["UpdateStatus"]?["State"]) ?? "";
        if (update is "paused" or "rollback_paused" or "rollback_completed")
        {
            string message = Text(service.Raw["UpdateStatus"]?["Message"]) ?? update;
            return new ServiceProgress(service.Name, done, wanted, ServiceState.Failed, problem is null ? message : $"{message}: {problem}");
        }

        if (Text(service.Spec["TaskTemplate"]?["RestartPolicy"]?["Condition"]) == "none" && done < wanted && NewestFailed(current))
        {
            return new ServiceProgress(service.Name, done, wanted, ServiceState.Failed, problem);
        }

        bool isSettling = done >= wanted && !oldOnesRun && update is not ("updating" or "rollback_started");
        return new ServiceProgress(service.Name, done, wanted, isSettling ? ServiceState.Settling : ServiceState.Waiting, isSettling ? null : problem);
    }

    private static (int Running, int Wanted) Count(JsonObject spec, JsonObject[] current)
    {
        JsonObject[] wanted = [.. current.Where(task => Desired(task) is "running" or "ready")];
        int running = wanted.Count(task => State(task) == "running");
        int? replicas = spec["Mode"]?["Global"] is not null ? null : (int?)Number(spec["Mode"]?["Replicated"]?["Replicas"]) ?? 1;
        return (running, replicas ?? wanted.Length);
    }

    private static (int Complete, int Wanted) CountJob(JsonObject spec, JsonObject[] current)
    {
        int complete = current.Count(task => State(task) == "complete");
        int? completions = spec["Mode"]?["GlobalJob"] is not null ? null : (int?)Number(spec["Mode"]?["ReplicatedJob"]?["TotalCompletions"]) ?? 1;
        return (complete, completions ?? current.Select(task => Text(task["NodeID"])).Distinct().Count());
    }

    // The scheduler changes placement without replacing tasks whose node still fits, and a task does not repeat the kind of its runtime.
    private static JsonObject? Comparable(JsonNode? template)
    {
        var json = ServiceFields.Prune(template) as JsonObject;
        json?.Remove("Placement");
        json?.Remove("Runtime");
        return json;
    }

    private static string? ProblemOf(JsonObject[] current)
    {
        JsonObject? failed = Array.Find(current, task => Failures.Contains(State(task)) || Text(task["Status"]?["Err"]) is { Length: > 0 });
        if (failed is null)
        {
            return null;
        }

        string? error = Text(failed["Status"]?["Err"]);
        return string.IsNullOrEmpty(error) ? Text(failed["Status"]?["Message"]) ?? State(failed) : error;
    }

    private static bool NewestFailed(JsonObject[] current) => current.Length > 0
        && current.GroupBy(task => Text(task["NodeID"]) + Number(task["Slot"])).All(slot => Failures.Contains(State(slot.First())));

    private static string? State(JsonObject task) => Text(task["Status"]?["State"]);

    private static string? Desired(JsonObject task) => Text(task["DesiredState"]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
