using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Model;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Tests.Compose;

public sealed class ComposeFileTests
{
    [Fact]
    public void Parse_OneService_GetsPrefixAndDefaultNetwork()
    {
        StackSpec stack = Read.Stack("services: {web: {image: nginx}}");
        ServiceSpec service = Assert.Single(stack.Services);
        Assert.Equal("st_web", service.Name);
        NetworkAttachment attachment = Assert.Single(service.Networks);
        Assert.Equal("st_default", attachment.Network);
        Assert.Equal(["web"], attachment.Aliases);
        Assert.Equal(new NetworkSpec { Name = "st_default" }, Assert.Single(stack.Networks));
    }

    [Fact]
    public void Parse_NfsVolume_IsDeclaredOnEveryMountOfIt()
    {
        StackSpec stack = Read.Stack("""
            services:
              a: {image: x, volumes: ['data:/data:ro,nocopy']}
              b: {image: x, volumes: [{type: volume, source: data, target: /d}]}
            volumes:
              data:
                driver: local
                driver_opts: {type: nfs, o: "addr=10.0.0.2,nfsvers=4.2", device: ":/export/data"}
            """);
        foreach (ServiceSpec service in stack.Services)
        {
            var mount = Assert.IsType<VolumeMount>(Assert.Single(service.Mounts));
            Assert.Equal("st_data", mount.Source);
            Assert.Equal("local", mount.Driver);
            Assert.Equal(VolumeMount.Nfs("st_data", "/data", "10.0.0.2", "/export/data").DriverOptions, mount.DriverOptions);
        }

        Assert.True(stack.Services[0].Mounts[0] is VolumeMount { IsReadOnly: true, NoCopy: true, Target: "/data" });
    }

    [Theory]
    [InlineData("./html:/srv", "/stacks/html")]
    [InlineData("../x:/srv", "/x")]
    [InlineData("/abs:/srv", "/abs")]
    [InlineData("~/home:/srv", "/home/pi/home")]
    public void Parse_BindMount_StartsAtTheFilesFolder(string volume, string source) =>
        Assert.Equal(source, Assert.IsType<BindMount>(Read.Service($"volumes: ['{volume}']", ("HOME", "/home/pi")).Mounts[0]).Source);

    [Fact]
    public void Parse_ExternalObjects_KeepTheirNames()
    {
        StackSpec stack = Read.Stack("""
            services:
              a: {image: x, networks: [proxy, own], secrets: [token], configs: [conf], volumes: ['v:/v']}
            networks: {proxy: {external: true}, own: {name: my-own}, unused: {}}
            secrets: {token: {external: true, name: real_token}}
            configs: {conf: {external: true}}
            volumes: {v: {external: true}}
            """);
        ServiceSpec service = stack.Services[0];
        Assert.Equal(["my-own", "proxy"], service.Networks.Select(network => network.Network));
        Assert.Equal(new FileReference("real_token", "token"), Assert.Single(service.Secrets));
        Assert.Equal("conf", Assert.Single(service.Configs).Name);
        Assert.True(service.Mounts[0] is VolumeMount { Source: "v", IsExternal: true });
        Assert.Equal(["proxy", "my-own"], stack.Networks.Select(network => network.Name));
        Assert.True(stack.Secrets[0].IsExternal && stack.Configs[0].IsExternal && stack.Networks[0].IsExternal);
    }

    [Theory]
    [InlineData("['8080:80']", 8080, 80, "tcp")]
    [InlineData("[80]", null, 80, "tcp")]
    [InlineData("['53:53/udp']", 53, 53, "udp")]
    [InlineData("['[::1]:53:53/UDP']", 53, 53, "udp")]
    [InlineData("[{target: 80, published: 8080}]", 8080, 80, null)]
    [InlineData("[{target: 80, published: 0, protocol: sctp}]", null, 80, "sctp")]
    public void Parse_Port_IsRead(string ports, int? published, int target, string? protocol)
    {
        PortSpec port = Assert.Single(Read.Service($"ports: {ports}").Ports);
        Assert.Equal((published, target, protocol), (port.Published, port.Target, port.Protocol));
    }

    [Fact]
    public void Parse_PortRange_IsOnePortEach() => Assert.Equal(
        [(7000, 9000), (7001, 9001), (7002, 9002)],
        Read.Service("ports: ['7000-7002:9000-9002']").Ports.Select(port => (port.Published!.Value, port.Target)));

    [Theory]
    [InlineData("environment: [A=1, B=, C, D=x=y]")]
    [InlineData("environment: {A: 1, B: '', C: , D: x=y}")]
    public void Parse_Environment_ListAndMapAreTheSame(string yaml)
    {
        ServiceSpec service = Read.Service(yaml, ("C", "from us"));
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "1", ["B"] = "", ["C"] = "from us", ["D"] = "x=y" }, service.Environment);
        Assert.Null(Read.Service(yaml).Environment["C"]);
    }

    [Theory]
    [InlineData("0x10", "16")]
    [InlineData("1.50", "1.5")]
    [InlineData("0440", "288")]
    [InlineData("1e3", "1000")]
    [InlineData("'007'", "007")]
    public void Parse_NumberInEnvironment_IsWrittenInDecimal(string yaml, string value) =>
        Assert.Equal(value, Read.Service($"environment: {{A: {yaml}}}").Environment["A"]);

    [Fact]
    public void Parse_EnvFile_ComesBeforeEntries()
    {
        string folder = Directory.CreateTempSubdirectory("ebrain-env").FullName;
        File.WriteAllText(Path.Combine(folder, "a.env"), "# note\nA=file\n\nB=file # kept\nC\n");
        ServiceSpec service = ComposeFile.Parse(
            "services: {a: {image: x, env_file: a.env, environment: {A: own}}}", "f", folder, "st", name => name == "C" ? "ours" : null).Stack.Services[0];
        Directory.Delete(folder, recursive: true);
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "own", ["B"] = "file # kept", ["C"] = "ours" }, service.Environment);
    }

    [Fact]
    public void Parse_Deploy_IsRead()
    {
        ServiceSpec service = Read.Service("""
            deploy:
              mode: replicated
              replicas: 3
              labels: [a=b, c]
              endpoint_mode: dnsrr
              placement: {constraints: [node.role == worker], max_replicas_per_node: 2, preferences: [{spread: node.labels.zone}]}
              resources: {limits: {cpus: '0.5', memory: 64M, pids: 10}, reservations: {memory: 1.5g}}
              restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 2m}
              update_config: {parallelism: 0, delay: 1m30s, failure_action: rollback, monitor: 500ms, max_failure_ratio: 0.3, order: start-first}
              rollback_config: {}
            """);
        Assert.True(service is { Replicas: 3, EndpointMode: "dnsrr" });
        Assert.Equal(new Dictionary<string, string> { ["a"] = "b", ["c"] = "" }, service.Labels);
        Assert.Equal(["node.role == worker"], service.Placement.Constraints);
        Assert.Equal(["node.labels.zone"], service.Placement.SpreadOver);
        Assert.Equal(2, service.Placement.MaxReplicasPerNode);
        Assert.Equal(new ResourceSpec { NanoCpus = 500_000_000, MemoryBytes = 64 << 20, Pids = 10 }, service.Limits);
        Assert.Equal(new ResourceSpec { MemoryBytes = 3L << 29 }, service.Reservations);
        Assert.Equal(
            new RestartPolicySpec { Condition = "on-failure", Delay = TimeSpan.FromSeconds(5), MaxAttempts = 3, Window = TimeSpan.FromMinutes(2) },
            service.RestartPolicy);
        Assert.Equal(
            new RolloutSpec
            {
                Parallelism = 0,
                Delay = TimeSpan.FromSeconds(90),
                FailureAction = "rollback",
                Monitor = TimeSpan.FromMilliseconds(500),
                MaxFailureRatio = 0.3,
                Order = "start-first",
            },
            service.Update);
        Assert.Equal(new RolloutSpec(), service.Rollback);
    }

    [Theory]
    [InlineData("global", ServiceMode.Global)]
    [InlineData("replicated-job", ServiceMode.ReplicatedJob)]
    [InlineData("global-job", ServiceMode.GlobalJob)]
    public void Parse_Mode_IsRead(string mode, ServiceMode expected) => Assert.Equal(expected, Read.Service($"deploy: {{mode: {mode}}}").Mode);

    [Theory]
    [InlineData("always", "any", null)]
    [InlineData("unless-stopped", "any", null)]
    [InlineData("on-failure", "on-failure", null)]
    [InlineData("on-failure:3", "on-failure", 3)]
    public void Parse_Restart_IsThePolicyUnlessDeployHasOne(string restart, string condition, int? attempts)
    {
        Assert.Equal(new RestartPolicySpec { Condition = condition, MaxAttempts = attempts }, Read.Service($"restart: {restart}").RestartPolicy);
        Assert.Equal("none", Read.Service($"restart: {restart}\ndeploy: {{restart_policy: {{condition: none}}}}").RestartPolicy!.Condition);
    }

    [Theory]
    [InlineData("test: wget http://x/", "CMD-SHELL|wget http://x/")]
    [InlineData("test: [CMD, wget, x]", "CMD|wget|x")]
    [InlineData("disable: true", "NONE")]
    public void Parse_Healthcheck_IsRead(string yaml, string test) =>
        Assert.Equal(test.Split('|'), Read.Service($"healthcheck: {{{yaml}}}").Healthcheck!.Test);

    [Fact]
    public void Parse_MergeKeysAndAnchors_AreResolved()
    {
        ServiceSpec service = Read.Stack("""
            x-common: &common
              user: "1"
              environment: &env {TZ: UTC, A: base}
            services:
              web:
                <<: *common
                image: x
                environment: {<<: *env, A: own}
            """).Services[0];
        Assert.Equal("1", service.User);
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "own", ["TZ"] = "UTC" }, service.Environment);
    }

    [Fact]
    public void Parse_IgnoredKeys_AreWarningsWithTheirLine()
    {
        IReadOnlyList<ComposeProblem> warnings = Read.File("""
            services:
              web:
                image: x
                build: .
                privileged: true
                ports: ['127.0.0.1:80:80']
            """).Warnings;
        Assert.Equal([(4, "services.web.build"), (5, "services.web.privileged"), (6, "services.web.ports[0]")], warnings.Select(w => (w.Line, w.Key)));
    }

    [Fact]
    public void Parse_ManyProblems_AreAllReportedInOrder()
    {
        IReadOnlyList<ComposeProblem> problems = Read.Problems("""
            services:
              web:
                image: x
                hostname: 12
                replicas: 3
                networks: [nowhere]
                deploy:
                  replica: 3
                  resources: {limits: {memory: 64Q}}
              db:
                command: [a, 1]
            volumse: {}
            """);
        Assert.Equal(
            [
                (4, "services.web.hostname"), (5, "services.web.replicas"), (6, "services.web.networks[0]"), (8, "services.web.deploy.replica"),
                (9, "services.web.deploy.resources.limits.memory"), (11, "services.db"), (11, "services.db.command[1]"), (12, "volumse"),
            ],
            problems.Select(problem => (problem.Line, problem.Key)));
        Assert.Contains("Did you mean 'replicas'?", problems[3].Reason, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'volumes'?", problems[^1].Reason, StringComparison.Ordinal);
        Assert.Equal("stack.yml:8: services.web.deploy.replica: " + problems[3].Reason, problems[3].ToString());
    }

    [Theory]
    [InlineData("command: 'a \"b'", "not closed")]
    [InlineData("command:", "is empty")]
    [InlineData("tty: yes", "true or false")]
    [InlineData("tty: \"true\"", "true or false")]
    [InlineData("labels: {a: true}", "quotation marks")]
    [InlineData("ports: ['99999:1']", "not a port")]
    [InlineData("ports: ['1:2/xx']", "not a port")]
    [InlineData("ports: ['80:90-91']", "not a port")]
    [InlineData("ports: ['80-82:90-91']", "not a port")]
    [InlineData("ports: [{published: 80}]", "target")]
    [InlineData("ports: [{target: 80, published: '81'}]", "whole number")]
    [InlineData("ports: [{target: 80, mode: hostly}]", "ingress, host")]
    [InlineData("stop_grace_period: 5", "quotation marks")]
    [InlineData("stop_grace_period: 1d", "not a duration")]
    [InlineData("healthcheck: {test: [a, b]}", "CMD")]
    [InlineData("healthcheck: {test: a, disable: true}", "contradict")]
    [InlineData("ulimits: {nofile: {soft: 1}}", "'hard'")]
    [InlineData("cap_add: [a, a]", "twice")]
    [InlineData("configs: [nope]", "not declared")]
    [InlineData("secrets: [{target: x}]", "source")]
    [InlineData("volumes: ['v:/v']", "top-level 'volumes'")]
    [InlineData("volumes: ['a:b:c:d']", "not a volume")]
    [InlineData("volumes: ['/a:/b:rox']", "'rox'")]
    [InlineData("volumes: [{type: bind, target: /x}]", "source")]
    [InlineData("volumes: [{type: npipe, source: a, target: /x}]", "volume, bind, tmpfs")]
    [InlineData("volumes: [{type: tmpfs, source: a, target: /x}]", "no 'source'")]
    [InlineData("volumes: ['/a:/x', '/b:/x']", "twice")]
    [InlineData("extra_hosts: [nohost]", "nas:10.0.0.2")]
    [InlineData("restart: sometimes", "on-failure:N")]
    [InlineData("depends_on: {db: {condition: service_healthy}}", "must be a list")]
    [InlineData("depends_on: [db]", "no service of this file")]
    [InlineData("depends_on: [web]", "circle")]
    [InlineData("deploy: {mode: global, replicas: 2}", "no meaning")]
    [InlineData("deploy: {mode: weird}", "replicated-job")]
    [InlineData("deploy: {resources: {limits: {cpus: 0.5}}}", "quotation marks")]
    [InlineData("deploy: {resources: {limits: {cpus: 'half'}}}", "processors")]
    [InlineData("deploy: {update_config: {max_failure_ratio: 2}}", "0 to 1")]
    [InlineData("deploy: {rollback_config: {failure_action: rollback}}", "pause, continue")]
    [InlineData("extends: {service: a}", "anchors")]
    [InlineData("mem_limit: 1g", "deploy.resources")]
    [InlineData("env_file: missing.env", "/stacks/missing.env")]
    [InlineData("networks: 5", "mapping")]
    [InlineData("networks: {default: {ipv6: 1}}", "not known")]
    [InlineData("user: [a]", "not a list")]
    public void Parse_WrongService_IsOneProblemWithLineAndRemedy(string yaml, string reason)
    {
        ComposeProblem problem = Read.ServiceProblem(yaml);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.StartsWith("services", problem.Key, StringComparison.Ordinal);
        Assert.InRange(problem.Line, 2, 5);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- a", "mapping")]
    [InlineData("services: {}", "no service")]
    [InlineData("services: {a: {command: x}}", "'image'")]
    [InlineData("services: {'a b': {image: x}}", "cannot be a name")]
    [InlineData("services: {a: {image: 'Bad Image'}}", "not an image")]
    [InlineData("services: {a: {image: 'x/../../containers'}}", "not an image")]
    [InlineData("version: '2'\nservices: {a: {image: x}}", "3.13")]
    [InlineData("version: 3\nservices: {a: {image: x}}", "quotation marks")]
    [InlineData("name: x\nservices: {a: {image: x}}", "name")]
    [InlineData("services: {a: {image: x, image: y}}", "twice")]
    [InlineData("services:\n  a:\n    image: x\n   b: y", "not YAML")]
    [InlineData("services: {a: {image: x}}\n---\nb: 1", "second document")]
    [InlineData("services: {a: &a {image: x, labels: *a}}", "anchor")]
    [InlineData("services: {a: {image: x, <<: [1]}}", "merged")]
    [InlineData("services: {a: {image: x}}\nconfigs: {c: {content: abc, external: true}}", "not supported")]
    [InlineData("services: {a: {image: x}}\nconfigs: {c: {}}", "'file'")]
    [InlineData("services: {a: {image: x}}\nsecrets: {c: {file: missing}}", "/stacks/missing")]
    [InlineData("services: {a: {image: x}}\nvolumes: {v: {external: true, driver: local}}", "external")]
    [InlineData("services: {a: {image: '${X:?set X}'}}", "set X")]
    public void Parse_WrongFile_SaysWhy(string text, string reason) =>
        Assert.Contains(Read.Problems(text), problem => $"{problem.Key} {problem.Reason}".Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Parse_AliasesOfAliases_AreBounded()
    {
        IEnumerable<string> lines = Enumerable.Range(1, 30).Select(i => $"x-{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        string bomb = $"x-0: &a0 [boom]\n{string.Join('\n', lines)}\nservices: {{a: {{image: x}}}}";
        Assert.Contains("more than", Assert.Single(Read.Problems(bomb)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsBounded() =>
        Assert.Contains("nested deeper", Assert.Single(Read.Problems($"x: {new string('[', 5000)}")).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("has space")]
    [InlineData("")]
    [InlineData("../x")]
    public void Parse_WrongStackName_IsAProblem(string name) => Assert.Contains(
        "cannot name a stack",
        Assert.Throws<ComposeException>(() => ComposeFile.Parse("services: {a: {image: x}}", "f", "/", name, _ => null)).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_NoFile_NamesIt() => Assert.Contains(
        "/nonexistent/stack.yml:1:",
        (await Assert.ThrowsAsync<ComposeException>(() => ComposeFile.ReadAsync("/nonexistent/stack.yml", "st", TestContext.Current.CancellationToken))).Message,
        StringComparison.Ordinal);
}
