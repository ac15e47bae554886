using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Connections;
using ElectricBrain.Swarm.Deployment;
using ElectricBrain.Swarm.Model;

namespace ElectricBrain.Integration.Tests.Swarm;

/// <summary>A stack's whole life on three real engines, with the docker command line as the second witness.</summary>
public sealed class StackOnRealEnginesTests(LabFixture lab)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stack_UpRedeployedChangedAndDown_IsWhatDockerSees()
    {
        (EngineConnection connection, SwarmLabNode manager, string image) = await ConnectAsync();
        await using (connection)
        {
            var deployer = new StackDeployer(connection);
            StackPlan first = await deployer.PlanAsync(Read(image, "one"), cancellationToken: Token);
            await deployer.ApplyAsync(first, cancellationToken: Token);
            DeploymentProgress up = await deployer.WaitForConvergenceAsync("life", cancellationToken: Token);
            Assert.True(up.IsConverged, string.Join(", ", up.Services));
            Assert.Equal([("life_every", 3, 3), ("life_web", 2, 2)], up.Services.Select(service => (service.Service, service.Running, service.Wanted)));

            StackPlan again = await deployer.PlanAsync(Read(image, "one"), cancellationToken: Token);
            Assert.False(again.HasChanges, string.Join(", ", again.Changes.SelectMany(change => change.Fields)));

            Assert.Equal("life_every 3/3\nlife_web 2/2 (max 1 per node)", await DockerAsync(manager, "service", "ls", "--format", "{{.Name}} {{.Replicas}}", "--filter", "label=com.docker.stack.namespace=life"));
            Assert.Contains("life", await DockerAsync(manager, "stack", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);

            StackPlan changed = await deployer.PlanAsync(Read(image, "two"), cancellationToken: Token);
            PlannedChange update = Assert.Single(changed.Changes, change => change.Action != PlannedAction.Unchanged);
            Assert.Equal("update service life_web", update.ToString());
            Assert.True(update.RestartsTasks);
            await deployer.ApplyAsync(changed, cancellationToken: Token);
            Assert.True((await deployer.WaitForConvergenceAsync("life", cancellationToken: Token)).IsConverged);
            Assert.Contains("MARK=two", await DockerAsync(manager, "service", "inspect", "life_web", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"), StringComparison.Ordinal);

            await deployer.RemoveAsync("life", cancellationToken: Token);
            Assert.DoesNotContain("life", await DockerAsync(manager, "stack", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
            Assert.DoesNotContain("life_", await DockerAsync(manager, "network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
            Assert.DoesNotContain("life_", await DockerAsync(manager, "secret", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stack_TaskThatEndsAtOnce_IsReportedWithItsExitCode()
    {
        (EngineConnection connection, _, string image) = await ConnectAsync();
        await using (connection)
        {
            var deployer = new StackDeployer(connection);
            ComposeStack broken = ComposeFile.Parse(
                $"services: {{web: {{image: '{image}', command: sh -c 'exit 3', deploy: {{restart_policy: {{condition: none}}}}}}}}", "broken.yml", "/", "broken", _ => null);
            await deployer.ApplyAsync(await deployer.PlanAsync(broken.Stack, cancellationToken: Token), cancellationToken: Token);
            DeploymentProgress result = await deployer.WaitForConvergenceAsync("broken", cancellationToken: Token);
            await deployer.RemoveAsync("broken", cancellationToken: Token);
            Assert.True(result.HasFailed);
            Assert.Contains("non-zero exit (3)", Assert.Single(result.Services).Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Watch_ServiceCreatedByDocker_IsSeen()
    {
        (EngineConnection connection, SwarmLabNode manager, string image) = await ConnectAsync();
        await using (connection)
        {
            await using IAsyncEnumerator<ClusterObservation> watch = new ClusterWatcher(connection).WatchAsync(Token).GetAsyncEnumerator(Token);
            Assert.True(await watch.MoveNextAsync());
            Assert.Equal(["node1", "node2", "node3"], watch.Current.Snapshot.Nodes.Select(node => node.Hostname));
            await DockerAsync(manager, "service", "create", "--detach", "--name", "seen", "--restart-condition", "none", image, "sleep", "1000");
            while (!watch.Current.Snapshot.Tasks.Any(task => task.State == TaskState.Running && IsSeen(watch.Current.Snapshot, task)))
            {
                Assert.True(await watch.MoveNextAsync());
            }

            await DockerAsync(manager, "service", "rm", "seen");
            while (watch.Current.Snapshot.Services.Any(service => service.Name == "seen"))
            {
                Assert.True(await watch.MoveNextAsync());
            }
        }
    }

    [Fact]
    public async Task List_OnAWorker_NamesTheRemedy()
    {
        IReadOnlyList<SwarmLabNode> nodes = await lab.Swarm.UpAsync(Token);
        await using EngineConnection connection = EngineConnection.Open(EngineEndpoint.Parse(nodes[1].DockerHost, "the lab"));
        EngineException e = await Assert.ThrowsAsync<EngineException>(() => connection.ListNodesAsync(Token));
        Assert.Equal(EngineFailure.NotManager, e.Failure);
    }

    private static bool IsSeen(ClusterSnapshot snapshot, SwarmTask task) => snapshot.Services.Any(service => service.Id == task.ServiceId && service.Name == "seen");

    private static ElectricBrain.Swarm.Specs.StackSpec Read(string image, string mark)
    {
        string folder = Directory.CreateTempSubdirectory("ebrain-life").FullName;
        File.WriteAllText(Path.Combine(folder, "page.html"), "hello");
        File.WriteAllText(Path.Combine(folder, "token"), "s3cret");
        try
        {
            return ComposeFile.Parse(
                $$$$"""
                services:
                  web:
                    image: {{{{image}}}}
                    command: httpd -f -p 8080 -h /srv
                    environment: {MARK: "{{{{mark}}}}", B: "2"}
                    hostname: "web-{{.Task.Slot}}"
                    init: true
                    user: "1000:1000"
                    stop_grace_period: 1s
                    networks: {front: {aliases: [www]}}
                    ports: [{target: 8080, published: 18080, mode: host}]
                    configs: [{source: page, target: /srv/index.html, mode: 0444}]
                    secrets: [token]
                    volumes: ['data:/data', {type: tmpfs, target: /scratch, tmpfs: {size: 1000000} }]
                    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/"], interval: 1s, timeout: 2s, retries: 5}
                    extra_hosts: ["nas:10.0.0.2"]
                    cap_drop: [NET_RAW]
                    deploy:
                      replicas: 2
                      labels: {tier: front}
                      placement: {max_replicas_per_node: 1, constraints: [node.platform.os == linux]}
                      resources: {limits: {memory: 64M}, reservations: {memory: 8M} }
                      restart_policy: {condition: any, delay: 1s}
                      update_config: {parallelism: 1, order: stop-first, monitor: 1s}
                  every:
                    image: {{{{image}}}}
                    command: [sleep, "100000"]
                    stop_grace_period: 0s
                    depends_on: [web]
                    deploy: {mode: global}
                networks: {front: {attachable: true}}
                volumes: {data: {labels: {a: b}}}
                configs: {page: {file: page.html}}
                secrets: {token: {file: token}}
                """,
                "life.yml",
                folder,
                "life",
                _ => null).Stack;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> DockerAsync(SwarmLabNode manager, params string[] arguments)
    {
        (int exitCode, string output, string errors) = await CommandLine.RunAsync(
            "docker", arguments, new Dictionary<string, string> { ["DOCKER_HOST"] = manager.DockerHost }, Token);
        Assert.True(exitCode == 0, errors);
        return string.Join('\n', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private async Task<(EngineConnection Connection, SwarmLabNode Manager, string Image)> ConnectAsync()
    {
        IReadOnlyList<SwarmLabNode> nodes = await lab.Swarm.UpAsync(Token);
        string image = await lab.Swarm.PushImageAsync(BusyboxImage.Create(), "swarm/busybox:1", Token);
        return (EngineConnection.Open(EngineEndpoint.Parse(nodes[0].DockerHost, "the lab")), nodes[0], image);
    }
}
