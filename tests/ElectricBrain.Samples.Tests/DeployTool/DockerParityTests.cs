using System.Text.Json.Nodes;
using ElectricBrain.Samples.DeployTool;
using ElectricBrain.Swarm.Tests.Engines;

namespace ElectricBrain.Samples.Tests.DeployTool;

/// <summary>The docker command line is the oracle: for the same stack file both send the engine the same objects.</summary>
public sealed class DockerParityTests
{
    private static readonly string Full = """
        x-env: &env {TZ: Europe/Berlin}
        services:
          web:
            image: eb/busybox:1
            command: httpd -f -p 80 "a b"
            entrypoint: ["/bin/busybox"]
            hostname: web-{{.Node.Hostname}}
            user: "1000:1000"
            working_dir: /srv
            init: true
            read_only: true
            tty: true
            stdin_open: true
            stop_grace_period: 1m30s
            stop_signal: SIGQUIT
            environment: {<<: *env, A: "1", B: 12, EMPTY: "", UNSET_VARIABLE: , D: 0440, E: 1.50}
            labels: {com.example.tier: front}
            ports:
              - "8080:80"
              - "127.0.0.1:5353:53/udp"
              - "7000-7001:9000-9001"
              - {target: 443, published: 8443, protocol: tcp, mode: host}
              - "3000"
              - {target: 81}
            networks:
              front: {aliases: [www, site]}
              proxy:
            volumes:
              - data:/data
              - shared:/shared:ro,nocopy
              - ./html:/srv/html:ro
              - /var/log:/logs
              - {type: tmpfs, target: /cache, tmpfs: {size: 1000000}}
              - {type: volume, source: extv, target: /ext, read_only: true, volume: {nocopy: true}}
              - {type: bind, source: /etc, target: /hostetc, bind: {propagation: rslave}}
              - /anon
            configs: [conf, {source: conf2, target: /etc/conf2, uid: "103", gid: "104", mode: 0440}]
            secrets: [sec, {source: sec, target: other, mode: 0400}]
            healthcheck: {test: wget -q http://localhost/, interval: 10s, timeout: 5s, retries: 3, start_period: 1m}
            cap_add: [NET_ADMIN, cap_sys_time]
            cap_drop: [all]
            extra_hosts: ["nas:10.0.0.2", "v6:::1"]
            dns: [1.1.1.1]
            dns_search: example.com
            sysctls: {net.core.somaxconn: 1024}
            ulimits: {nofile: {soft: 1000, hard: 2000}, nproc: 50}
            logging: {driver: json-file, options: {max-size: "10m"}}
            deploy:
              mode: replicated
              replicas: 3
              labels: [a=b, traefik.enable=true]
              placement: {constraints: [node.role == worker], max_replicas_per_node: 2, preferences: [{spread: node.labels.zone}]}
              resources: {limits: {cpus: "0.5", memory: 64M, pids: 100}, reservations: {cpus: "0.25", memory: 32m}}
              restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 120s}
              update_config: {parallelism: 2, delay: 10s, failure_action: rollback, monitor: 30s, max_failure_ratio: 0.3, order: start-first}
              rollback_config: {parallelism: 0, order: stop-first}
              endpoint_mode: dnsrr
          agent:
            image: registry.local:5000/agent
            restart: on-failure:3
            deploy: {mode: global}
          plain:
            image: alpine:3.18@sha256:0000000000000000000000000000000000000000000000000000000000000001
            healthcheck: {disable: true}
            restart: always
            environment: [Z=1, A=2]
            deploy: {update_config: {}, resources: {}, restart_policy: {}, placement: {}}
          job:
            image: docker.io/library/alpine
            deploy: {mode: replicated-job, replicas: 2}
        networks:
          front:
            driver_opts: {encrypted: ""}
            attachable: true
            internal: true
            ipam: {driver: default, config: [{subnet: 10.77.0.0/16}]}
            labels: [l=1]
          proxy: {external: true}
          unused: {}
        volumes:
          data:
            driver: local
            driver_opts: {type: nfs, o: "addr=10.0.0.2,nfsvers=4.2", device: ":/export/data"}
            labels: {v: w}
          shared: {name: really_shared}
          extv: {external: true, name: precreated}
        configs:
          conf: {file: ./conf.txt, labels: {c: "1"}}
          conf2: {external: true}
        secrets:
          sec: {file: ./sec.txt}
        """;

    [Theory]
    [InlineData("services: {a: {image: x}}")]
    [InlineData("FULL")]
    public async Task Up_StackFile_SendsWhatTheDockerCommandLineSends(string file)
    {
        string docker = await DockerCommandLine.FindAsync();
        string folder = Directory.CreateTempSubdirectory("ebrain-parity").FullName;
        string path = Path.Combine(folder, "stack.yml");
        await File.WriteAllTextAsync(path, file == "FULL" ? Full : file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "conf.txt"), "hello\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "sec.txt"), "s3cret", TestContext.Current.CancellationToken);
        await using EngineSocket theirs = await StartAsync();
        await using EngineSocket ours = await StartAsync();

        using StringWriter output = new();
        int code = await Ebrain.RunAsync(
            ["up", "--detach", "-c", path, "st"], output, output, name => name == "DOCKER_HOST" ? ours.Address : null, TimeProvider.System);
        Assert.True(code == 0, output.ToString());
        await DockerCommandLine.RunAsync(docker, [("DOCKER_HOST", theirs.Address)], "stack", "deploy", "-c", path, "st");
        Directory.Delete(folder, recursive: true);

        SortedDictionary<string, JsonObject> expected = Written(theirs.Engine), actual = Written(ours.Engine);
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string name, JsonObject json) in expected)
        {
            Assert.True(JsonNode.DeepEquals(json, actual[name]), $"{name}\ndocker: {json.ToJsonString()}\nebrain: {actual[name].ToJsonString()}");
        }
    }

    private static async Task<EngineSocket> StartAsync()
    {
        EngineSocket socket = await EngineSocket.StartAsync();
        socket.Engine.Objects["networks"].Add(JsonNode.Parse("""{"Id":"proxy-id","Name":"proxy","Scope":"swarm","Driver":"overlay"}""")!.AsObject());
        socket.Engine.Add("configs", """{"ID":"conf2-id","Spec":{"Name":"conf2","Data":""}}""");
        return socket;
    }

    // Identifiers are the engines' own, and docker writes services in random order; the fingerprint is our one addition.
    private static SortedDictionary<string, JsonObject> Written(ScriptedEngine engine)
    {
        Dictionary<string, string> names = engine.Objects.Values.SelectMany(items => items)
            .Where(item => item["ID"] is not null)
            .ToDictionary(item => item["ID"]!.ToString(), item => $"id of {item["Spec"]?["Name"]}");
        var written = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (ScriptedEngine.Request write in engine.Writes)
        {
            JsonObject json = write.Json;
            (json["Labels"] as JsonObject)?.Remove("io.electricbrain.fingerprint");
            foreach (string kind in (string[])["Secret", "Config"])
            {
                foreach (JsonNode? reference in json["TaskTemplate"]?["ContainerSpec"]?[$"{kind}s"] as JsonArray ?? [])
                {
                    reference![$"{kind}ID"] = names[reference[$"{kind}ID"]!.ToString()];
                }
            }

            written.Add($"{write.Path} {json["Name"]}", json);
        }

        return written;
    }
}
