using System.Text;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Simulation.Api;

namespace ElectricBrain.Swarm.Simulation;

/// <summary>The machines and stacks of a home: 32 processors and 81 GB over Raspberry Pis of four generations and two x86-64 machines.</summary>
internal static class HomeCluster
{
    private const long Gigabyte = 1L << 30;

    /// <summary>How long the cluster has been running when it is first looked at.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromDays(3);

    private static readonly SimulatedNode[] Nodes =
    [
        Node("host8", "aarch64", 4, 4, NodeRole.Manager, "20.10.24", ("board", "Raspberry Pi 4"), ("storage", "nfs")),
        Node("host1", "armv6l", 1, 0.5, NodeRole.Worker, "20.10.21", ("board", "Raspberry Pi B+")),
        Node("host2", "armv7l", 4, 1, NodeRole.Worker, "20.10.24", ("board", "Raspberry Pi 2"), ("storage", "nfs")),
        Node("host3", "armv7l", 4, 1, NodeRole.Worker, "20.10.24", ("board", "Raspberry Pi 3"), ("hat", "enviro")),
        Node("host5", "aarch64", 4, 1, NodeRole.Worker, "20.10.24", ("board", "Raspberry Pi 3"), ("hat", "enviro"), ("storage", "nfs")),
        Node("host6", "x86_64", 4, 8, NodeRole.Manager, "20.10.24", ("board", "Intel NUC"), ("storage", "ssd")),
        Node("host7", "aarch64", 4, 1, NodeRole.Worker, "20.10.24", ("board", "Raspberry Pi 3"), ("storage", "nfs")),
        Node("hostzero", "armv6l", 1, 0.5, NodeRole.Worker, "20.10.21", ("board", "Raspberry Pi Zero W"), ("hat", "enviro")),
        Node("ryzen", "x86_64", 6, 64, NodeRole.Manager, "20.10.24", ("board", "Ryzen 5"), ("storage", "ssd")),
    ];

    private static readonly Stack[] Stacks =
    [
        new("registry", [new("registry", "registry:2.8", Constraints: ["node.labels.storage==nfs"], Ports: [(5000, 5000)])]),
        new("portainer",
        [
            new("agent", "portainer/agent:2.19.4", IsGlobal: true, Constraints: ["node.platform.arch!=armv6l"]),
            new("portainer", "portainer/portainer-ce:2.19.4", Constraints: ["node.role==manager"], Ports: [(9443, 9443)]),
        ]),
        new("website",
        [
            new("nginx", "registry.home:5000/website-nginx:1.25", Replicas: 3, Constraints: ["node.platform.arch!=armv6l"], Ports: [(80, 80), (443, 443)], StartsFirst: true),
            new("php", "registry.home:5000/website-php:8.3", Replicas: 4, Constraints: ["node.platform.arch==aarch64"], Memory: 96L << 20),
            new("mariadb", "mariadb:11.4", Constraints: ["node.labels.storage==ssd"], Environment: "MARIADB_ROOT_PASSWORD=simulated-root-password"),
        ]),
        new("elasticsearch",
        [
            new("es-hot", "docker.elastic.co/elasticsearch/elasticsearch:8.19.8", Replicas: 2, Constraints: ["node.platform.arch==x86_64"], Memory: 4 * Gigabyte, Environment: "ELASTIC_PASSWORD=simulated-elastic-password"),
            new("es-tiebreaker", "docker.elastic.co/elasticsearch/elasticsearch:8.19.8", Constraints: ["node.hostname==host8"], Memory: Gigabyte),
            new("kibana", "docker.elastic.co/kibana/kibana:8.19.8", Constraints: ["node.labels.storage==ssd"], Ports: [(5601, 5601)], Memory: Gigabyte),
        ]),
        new("agents", [new("sensor-agent", "registry.home:5000/sensor-agent:0.1.0", IsGlobal: true, Constraints: ["node.labels.hat==enviro"])]),
        new("visualizer", [new("visualizer", "registry.home:5000/visualizer:0.1.0", Constraints: ["node.role==manager"], Ports: [(5090, 5090)])]),
        new("media",
        [
            new("tvheadend", "registry.home:5000/tvheadend:4.3", Constraints: ["node.hostname==host6"], Ports: [(9981, 9981)]),
            new("transcoder", "registry.home:5000/transcoder:1.4", Replicas: 2, Constraints: ["node.labels.gpu==vaapi"]),
        ]),
        new("monitoring",
        [
            new("node-exporter", "prom/node-exporter:v1.8.2", IsGlobal: true),
            new("prometheus", "prom/prometheus:v2.54.1", Constraints: ["node.labels.storage==ssd"], Ports: [(9090, 9090)]),
            new("grafana", "grafana/grafana:11.2.0", Constraints: ["node.platform.arch!=armv6l"], Ports: [(3000, 3000)]),
        ]),
    ];

    /// <summary>Adds the machines, deploys the stacks one after the other, and starts what happens from then on.</summary>
    public static void Furnish(SimulatedCluster cluster, int seed)
    {
        var timeline = cluster.State.Timeline;
        timeline.After(TimeSpan.Zero, () =>
        {
            foreach (var node in Nodes)
            {
                cluster.AddNodeNow(node);
            }
        });

        var moment = TimeSpan.FromMinutes(10);
        foreach (var stack in Stacks)
        {
            timeline.After(moment, () => Deploy(cluster, stack));
            moment += TimeSpan.FromHours(3);
        }

        new HomeLife(cluster, seed).Begin(Age - TimeSpan.FromMinutes(40));
        cluster.Change(() => true);
    }

    private static void Deploy(SimulatedCluster cluster, Stack stack)
    {
        Post(cluster, "/networks/create", $$$"""{"Name":"{{{stack.Name}}}_default","Driver":"overlay","Labels":{"com.docker.stack.namespace":"{{{stack.Name}}}"}}""");
        foreach (var service in stack.Services)
        {
            Post(cluster, "/services/create", service.ToJson(stack.Name));
        }
    }

    private static void Post(SimulatedCluster cluster, string path, string body)
    {
        var reply = cluster.Request(EngineCall.Post(path, Encoding.UTF8.GetBytes(body)));
        if ((int)reply.Status >= 400)
        {
            throw new InvalidOperationException($"The simulated engine refused {path}: {Encoding.UTF8.GetString(reply.Body.Span)}");
        }
    }

    private static SimulatedNode Node(string name, string architecture, int cpus, double gigabytes, NodeRole role, string engine, params (string Key, string Value)[] labels) => new()
    {
        Hostname = name,
        Architecture = architecture,
        Cpus = cpus,
        MemoryBytes = (long)(gigabytes * Gigabyte),
        Role = role,
        EngineVersion = engine,
        Labels = labels.ToDictionary(label => label.Key, label => label.Value),
    };

    private sealed record Stack(string Name, Service[] Services);

    private sealed record Service(
        string Name, string Image, int Replicas = 1, bool IsGlobal = false, string[]? Constraints = null,
        (int Published, int Target)[]? Ports = null, long Memory = 0, string? Environment = null, bool StartsFirst = false)
    {
        public string ToJson(string stack)
        {
            var constraints = string.Join(',', (Constraints ?? []).Select(text => $"\"{text}\""));
            var ports = string.Join(',', (Ports ?? []).Select(port =>
                $$$"""{"Protocol":"tcp","TargetPort":{{{port.Target}}},"PublishedPort":{{{port.Published}}},"PublishMode":"ingress"}"""));
            var mode = IsGlobal ? """{"Global":{}}""" : $$$"""{"Replicated":{"Replicas":{{{Replicas}}}}}""";
            var environment = Environment is null ? "" : $"\"{Environment}\"";
            return $$$"""
                {"Name":"{{{stack}}}_{{{Name}}}","Labels":{"com.docker.stack.namespace":"{{{stack}}}","com.docker.stack.image":"{{{Image}}}"},
                 "TaskTemplate":{"ContainerSpec":{"Image":"{{{Image}}}","Env":[{{{environment}}}]},"Resources":{"Reservations":{"MemoryBytes":{{{Memory}}}}},
                 "RestartPolicy":{"Condition":"any","Delay":5000000000},"Placement":{"Constraints":[{{{constraints}}}]},"Networks":[{"Target":"{{{stack}}}_default"}],"ForceUpdate":0},
                 "Mode":{{{mode}}},"UpdateConfig":{"Parallelism":1,"Delay":2000000000,"Monitor":5000000000,"FailureAction":"pause","Order":"{{{(StartsFirst ? "start-first" : "stop-first")}}}"},
                 "EndpointSpec":{"Mode":"vip","Ports":[{{{ports}}}]}}
                """;
        }
    }
}
