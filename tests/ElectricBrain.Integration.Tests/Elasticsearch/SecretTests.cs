using System.Diagnostics.Metrics;
using System.Text;
using ElectricBrain.Integration.Tests.Lab;
using ElectricBrain.Telemetry;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;

namespace ElectricBrain.Integration.Tests.Elasticsearch;

/// <summary>Whatever fails at a secured server: nothing that an agent writes or says holds its password or its key.</summary>
public sealed class SecretTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyFailure_OfCredentialsNetworkOrPrivilege_ShowsNoSecretAnywhere()
    {
        await using var node = await lab.Elasticsearch.StartAsync("secrets", Cancel, "--secure");
        using var admin = PrivilegeTests.Admin(node);
        var authority = Path.Combine(node.Folder, "ca.crt");
        var unprivileged = await PrivilegeTests.KeyAsync(admin, "", """{"names":["metrics-other-*"],"privileges":["auto_configure","create_doc"]}""");
        var reader = await PrivilegeTests.KeyAsync(admin, "", """{"names":["metrics-*"],"privileges":["read"]}""");
        var writer = await PrivilegeTests.KeyAsync(admin, "\"manage_index_templates\"", """{"names":["metrics-electricbrain.sensor-*"],"privileges":["auto_configure","create_doc"]}""");
        const string Password = "pa55-w0rd-of-nobody";
        var output = new List<string>();
        using var listener = Listen(output);
        foreach (var configure in new Action<ElasticsearchOptions>[]
        {
            options => options.ApiKey = unprivileged,
            options => options.ApiKey = reader,
            options => options.ApiKey = writer,
            static options => options.ApiKey = Convert.ToBase64String(Encoding.UTF8.GetBytes($"nobody:{Password}")),
            static options => (options.UserName, options.Password) = ("nobody", Password),
            options => options.Endpoint = new UriBuilder(admin.BaseAddress!) { UserName = "nobody", Password = Password }.Uri,
            static options => options.Endpoint = new Uri($"https://nobody:{Password}@127.0.0.1:1"),
            static options => (options.CertificateAuthorityFile, options.UserName, options.Password) = (null, "nobody", Password),
        })
        {
            using var agent = new AgentOutbox(admin.BaseAddress!) { Time = new HastyTime(20) };
            agent.Options.DrainTimeout = TimeSpan.Zero;
            agent.Elasticsearch.CertificateAuthorityFile = authority;
            configure(agent.Elasticsearch);
            var pipeline = await agent.StartAsync(Cancel);
            var records = AgentOutbox.Records(AgentOutbox.Series("a"), 10);
            await pipeline.WriteAsync(records.Append(records[0] with { Timestamp = records[0].Timestamp.AddDays(-30) }).ToArray(), Cancel);
            await pipeline.UntilAsync(static sink => sink.Retries > 1 || sink.Pending == 0);
            await pipeline.StopAsync(Cancel);
            using var query = new ElasticsearchQuery(agent.Elasticsearch);
            var refused = await Record.ExceptionAsync(() => query.GetLatestAsync(Cancel));
            listener.RecordObservableInstruments();
            output.AddRange([pipeline.GetStatus().ToString(), .. pipeline.GetStatus().Sinks.Select(static sink => sink.ToString()), refused?.ToString() ?? "", agent.Elasticsearch.ToString()!]);
            output.AddRange(agent.Log.GetSnapshot().Select(static entry => $"{entry.Message} {entry.Exception}"));
            output.AddRange(Directory.GetFiles(agent.Options.OutboxDirectory).Select(static file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        }

        var everything = string.Join('\n', output);
        string[] keys = [unprivileged, reader, writer];
        var parts = keys.SelectMany(static key => Encoding.UTF8.GetString(Convert.FromBase64String(key)).Split(':'));
        Assert.All(keys.Concat(parts).Append(Password).Append(Convert.ToBase64String(Encoding.UTF8.GetBytes($"nobody:{Password}"))), secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));

        // What there was to be seen.
        string[] expected = ["does not accept the credentials", "Grant auto_configure and create_doc", "cannot be reached", "certificate is invalid", "outside of ranges", "electricbrain.telemetry.elasticsearch.requests"];
        Assert.All(expected, text => Assert.Contains(text, everything, StringComparison.Ordinal));
    }

    /// <summary>Writes down every measurement of the package with its tags.</summary>
    private static MeterListener Listen(List<string> output)
    {
        var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => { if (instrument.Meter.Name == "ElectricBrain.Telemetry") { listener.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Write(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Write(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Write(instrument, tags));
        listener.Start();
        return listener;

        void Write(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (output)
            {
                output.Add($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
            }
        }
    }
}
