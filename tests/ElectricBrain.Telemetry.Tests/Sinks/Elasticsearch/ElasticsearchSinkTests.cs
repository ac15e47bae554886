using System.Text.Json;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>What each answer that a real server was seen to give means for the records.</summary>
public sealed class ElasticsearchSinkTests : IDisposable
{
    private readonly ScriptedServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task WriteAsync_Batch_SendsCreateOperationsThatEndInANewline()
    {
        _server.Reply(200, Items("""{"status":201}""", """{"status":201}"""));
        var batch = Batch(2);
        await WriteAsync(batch);

        var bulk = Assert.Single(_server.Bulks);
        Assert.StartsWith("/metrics-electricbrain.sensor-default/_bulk?require_data_stream=true&timeout=15000ms&filter_path=error,errors,items.*.status", bulk.Path, StringComparison.Ordinal);
        Assert.EndsWith("items.*.failure_store", bulk.Path, StringComparison.Ordinal);
        var lines = bulk.Body.Split('\n');
        Assert.Equal(["{\"create\":{}}", "{\"create\":{}}", ""], [lines[0], lines[2], lines[4]]);
        Assert.Equal(1, JsonDocument.Parse(lines[3]).RootElement.GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData(RealReplies.Created, RecordFate.Stored)]
    [InlineData(RealReplies.InFailureStore, RecordFate.Rejected)]
    [InlineData(RealReplies.DroppedByPipeline, RecordFate.Rejected)]
    [InlineData(RealReplies.FailedByPipeline, RecordFate.Rejected)]
    [InlineData(RealReplies.Duplicate, RecordFate.Duplicate)]
    [InlineData(RealReplies.FloodStage, RecordFate.Retry)]
    [InlineData(RealReplies.UnavailableShard, RecordFate.Retry)]
    [InlineData(RealReplies.WriteBlock, RecordFate.Blocked)]
    [InlineData(RealReplies.ReadOnly, RecordFate.Retry)]
    [InlineData(RealReplies.ClosedIndex, RecordFate.Retry)]
    [InlineData(RealReplies.TooOld, RecordFate.Late)]
    [InlineData(RealReplies.TooOldBesideAnOrdinaryIndex, RecordFate.Late)]
    [InlineData(RealReplies.FarTooNew, RecordFate.Late)]
    [InlineData(RealReplies.SoonTaken, RecordFate.Blocked)]
    [InlineData(RealReplies.NoTimestamp, RecordFate.Rejected)]
    [InlineData(RealReplies.WrongType, RecordFate.Rejected)]
    [InlineData(RealReplies.TooManyFields, RecordFate.Rejected)]
    [InlineData(RealReplies.StrictMapping, RecordFate.Rejected)]
    [InlineData(RealReplies.NoDimension, RecordFate.Rejected)]
    [InlineData(RealReplies.NoTemplate, RecordFate.Retry)]
    [InlineData(RealReplies.IdentityRefused, RecordFate.Retry)]
    [InlineData("""{"create":{"status":201,"failure_store":"not_enabled"}}""", RecordFate.Stored)]
    [InlineData("""{"create":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"rejected execution of coordinating operation"}}}""", RecordFate.Retry)]
    [InlineData("""{"create":{"status":400,"error":{"type":"illegal_argument_exception","reason":"the document timestamp [2026-11-20T00:00:00.000Z] is outside of ranges of currently writable indices [[2026-11-21T00:00:00Z,2026-11-22T00:00:00Z]]"}}}""", RecordFate.Late)]
    public async Task WriteAsync_ItemAnswer_SettlesTheRecord(string item, RecordFate fate)
    {
        _server.Reply(200, RealReplies.Bulk(RealReplies.Created, item, RealReplies.Created));
        var batch = Batch(3);
        var outcome = await WriteAsync(batch);

        Assert.Equal(SinkOutcomeKind.Completed, outcome.Kind);
        Assert.Equal((RecordFate.Stored, fate, RecordFate.Stored), (batch.FateOf(0).Fate, batch.FateOf(1).Fate, batch.FateOf(2).Fate));
        Assert.Equal(fate is RecordFate.Stored or RecordFate.Duplicate, batch.FateOf(1).Reason is null);
    }

    [Theory]
    [InlineData(400, RealReplies.NoNewline, SinkOutcomeKind.Overloaded)]
    [InlineData(400, RealReplies.NoBody, SinkOutcomeKind.Overloaded)]
    [InlineData(400, RealReplies.UnknownAction, SinkOutcomeKind.Unacceptable)]
    [InlineData(400, RealReplies.UnknownParameter, SinkOutcomeKind.Denied)]
    [InlineData(400, RealReplies.WrongPath, SinkOutcomeKind.Denied)]
    [InlineData(400, "<html>Bad request</html>", SinkOutcomeKind.Denied)]
    [InlineData(406, RealReplies.WrongContentType, SinkOutcomeKind.Denied)]
    [InlineData(413, "", SinkOutcomeKind.Unacceptable)]
    [InlineData(401, RealReplies.KeyInvalidated, SinkOutcomeKind.Denied)]
    [InlineData(403, RealReplies.RequestUnauthorized, SinkOutcomeKind.Denied)]
    [InlineData(403, RealReplies.ClusterReadOnly, SinkOutcomeKind.Unavailable)]
    [InlineData(403, RealReplies.ClusterReadOnlyAllowDelete, SinkOutcomeKind.Unavailable)]
    [InlineData(302, "<html>", SinkOutcomeKind.Denied)]
    [InlineData(429, RealReplies.ParentBreaker, SinkOutcomeKind.Overloaded)]
    [InlineData(429, RealReplies.IndexingPressure, SinkOutcomeKind.Overloaded)]
    [InlineData(502, "<html>Bad gateway</html>", SinkOutcomeKind.Unavailable)]
    [InlineData(503, "", SinkOutcomeKind.Unavailable)]
    [InlineData(200, """{"errors":false,"items":[{"create":{"status":201}}""", SinkOutcomeKind.Unavailable)]
    [InlineData(200, """{"errors":false,"items":[{"create":{"status":201}}]}""", SinkOutcomeKind.Unavailable)]
    [InlineData(200, "<html>Please sign in</html>", SinkOutcomeKind.Unavailable)]
    public async Task WriteAsync_RequestAnswer_TellsWhatToDoWithTheBatch(int status, string body, SinkOutcomeKind kind)
    {
        _server.Reply(status, body);
        var outcome = await WriteAsync(Batch(2));
        Assert.Equal(kind, outcome.Kind);
        Assert.Contains($"status {status}", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1LP", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RealReplies.PipelineMissing, "Make the ingest pipeline that the template names")]
    [InlineData(RealReplies.NameTaken, "Remove what stands in the way of the data stream")]
    [InlineData(RealReplies.CreationForbidden, "Remove what stands in the way of the data stream")]
    [InlineData(RealReplies.Unauthorized, "Grant auto_configure and create_doc")]
    public async Task WriteAsync_ItemsThatAnOperatorHasToHelp_AreKeptWithTheRemedy(string item, string remedy)
    {
        _server.Reply(200, RealReplies.Bulk(item, item));
        var batch = Batch(2);
        var outcome = await WriteAsync(batch);
        Assert.Equal(SinkOutcomeKind.Denied, outcome.Kind);
        Assert.Contains(remedy, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1LP", outcome.Error, StringComparison.Ordinal);
        Assert.All(batch.Fates(), static fate => Assert.Equal(RecordFate.Retry, fate.Fate));
    }

    [Fact]
    public async Task WriteAsync_RetryAfter_IsPassedOn()
    {
        _server.Reply(503, "", retryAfter: "7");
        Assert.Equal(TimeSpan.FromSeconds(7), (await WriteAsync(Batch(1))).RetryAfter);
    }

    [Fact]
    public async Task WriteAsync_NotReachable_SaysWhereAndKeepsThePasswordToItself()
    {
        _server.Throw(new HttpRequestException("Connection refused (elastic.lan:9200)"));
        var failure = await WriteAsync(Batch(1), static options => options.Endpoint = new Uri("http://agent:s3cr%40t@elastic.lan:9200/es/"));
        Assert.Equal(SinkOutcomeKind.Unavailable, failure.Kind);
        Assert.Equal("Elasticsearch at http://elastic.lan:9200/es cannot be reached: Connection refused (elastic.lan:9200). Check the address, the network and that the server runs.", failure.Error);
        Assert.Equal("/es/metrics", _server.Bulks.Single().Path[..11]);
        Assert.Equal("Basic " + Convert.ToBase64String("agent:s3cr@t"u8), _server.Authorizations[^1]);
    }

    [Fact]
    public async Task WriteAsync_ApiKey_IsSentAsIs()
    {
        _server.Reply(200, Items("""{"status":201}"""));
        await WriteAsync(Batch(1), static options => options.ApiKey = "VnVhQ2ZHY0I6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==");
        Assert.All(_server.Authorizations, header => Assert.Equal("ApiKey VnVhQ2ZHY0I6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==", header));
    }

    [Fact]
    public async Task WriteAsync_FirstBatch_WritesTheTemplateOnceWithTheFailureStoreOff()
    {
        _server.Reply(200, Items("""{"status":201}""")).Reply(200, Items("""{"status":201}"""));
        using var sink = Sink();
        await sink.WriteAsync(Batch(1), Cancel);
        await sink.WriteAsync(Batch(1), Cancel);

        Assert.Equal(
            [
                "GET /_index_template/metrics-electricbrain.sensor",
                "PUT /_component_template/metrics-electricbrain.sensor@package",
                "PUT /_index_template/metrics-electricbrain.sensor",
                "POST", "POST",
            ],
            _server.Requests.Select(request => request.Method == "POST" ? "POST" : $"{request.Method} {request.Path}"));
        var component = JsonDocument.Parse(_server.Requests[1].Body).RootElement.GetProperty("template");
        Assert.Equal("time_series", component.GetProperty("settings").GetProperty("index").GetProperty("mode").GetString());
        var template = JsonDocument.Parse(_server.Requests[2].Body).RootElement;
        Assert.False(template.GetProperty("template").GetProperty("data_stream_options").GetProperty("failure_store").GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task WriteAsync_ServerHasTheSameTemplate_WritesNone()
    {
        _server.Reply(200, Items("""{"status":201}"""));
        await WriteAsync(Batch(1));
        var written = JsonDocument.Parse(_server.Requests[2].Body).RootElement.GetProperty("_meta").GetRawText();

        var second = new ScriptedServer { Admin = (_, _) => (200, $$$"""{"index_templates":[{"name":"x","index_template":{"_meta":{{{written}}}}}]}""") };
        second.Reply(200, Items("""{"status":201}"""));
        using var sink = Sink(server: second);
        await sink.WriteAsync(Batch(1), Cancel);
        Assert.Equal(["GET", "POST"], second.Requests.Select(static request => request.Method));
    }

    [Fact]
    public async Task WriteAsync_MayNotReadTemplates_SendsTheRecordsAllTheSame()
    {
        _server.Admin = static (_, _) => (403, """{"error":{"type":"security_exception","reason":"action is unauthorized"},"status":403}""");
        _server.Reply(200, Items("""{"status":201}"""));
        Assert.Equal(SinkOutcomeKind.Completed, (await WriteAsync(Batch(1))).Kind);
    }

    [Fact]
    public async Task WriteAsync_ServerBeforeFailureStores_GetsATemplateWithoutTheOption()
    {
        var puts = 0;
        _server.Admin = (method, path) => method == "GET" ? (404, "{}")
            : path.Contains("_index_template", StringComparison.Ordinal) && puts++ == 0 ? (400, """{"error":{"type":"x_content_parse_exception","reason":"[index_template] unknown field [data_stream_options]"},"status":400}""")
            : (200, "{}");
        _server.Reply(200, Items("""{"status":201}"""));
        Assert.Equal(SinkOutcomeKind.Completed, (await WriteAsync(Batch(1))).Kind);
        Assert.DoesNotContain("data_stream_options", _server.Requests[^2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_StreamAndTemplateGone_WritesTheTemplateAgain()
    {
        _server.Reply(200, Items("""{"status":404,"error":{"type":"index_not_found_exception","reason":"no such index"}}""")).Reply(200, Items("""{"status":201}"""));
        using var sink = Sink();
        await sink.WriteAsync(Batch(1), Cancel);
        await sink.WriteAsync(Batch(1), Cancel);
        Assert.Equal(2, _server.Requests.Count(static request => request.Path.StartsWith("/_component_template", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("no endpoint", "Endpoint is not an http or https address")]
    [InlineData("both", "ApiKey and UserName are both set")]
    [InlineData("half", "Password and UserName belong together")]
    [InlineData("blank key", "give the \"encoded\" field of the key")]
    [InlineData("downsampling", "Downsampling has steps that Elasticsearch does not take")]
    [InlineData("concurrency", "MaxConcurrency is 0")]
    [InlineData("namespace", "Namespace is \"Bad-Name\"")]
    [InlineData("no file", "CertificateAuthorityFile names /nowhere/ca.crt, which does not exist")]
    public void Constructor_UnusableOption_IsNamedWithoutSecrets(string what, string message)
    {
        var refused = Assert.Throws<ArgumentException>(() => Sink(options =>
        {
            switch (what)
            {
                case "no endpoint": options.Endpoint = new Uri("ftp://secret@host"); break;
                case "both": (options.ApiKey, options.UserName, options.Password) = ("secret", "user", "secret"); break;
                case "half": options.Password = "secret"; break;
                case "blank key": options.ApiKey = "my secret"; break;
                case "downsampling": options.Downsampling = [new DownsamplingStep(TimeSpan.FromDays(1), TimeSpan.FromHours(1)), new DownsamplingStep(TimeSpan.FromDays(2), TimeSpan.FromMinutes(90))]; break;
                case "concurrency": options.MaxConcurrency = 0; break;
                case "namespace": options.Namespace = "Bad-Name"; break;
                default: options.CertificateAuthorityFile = "/nowhere/ca.crt"; break;
            }
        }));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_OlderTemplateOnTheServer_WritesTheNewOneAndGivesTheStreamItsLifecycle()
    {
        _server.Admin = static (method, _) => (200, method == "GET" ? """{"index_templates":[{"name":"x","index_template":{"_meta":{"version":1,"hash":"old"}}}]}""" : "{}");
        _server.Reply(200, Items("""{"status":201}"""));
        await WriteAsync(Batch(1), static options => options.Downsampling = [new DownsamplingStep(TimeSpan.FromDays(30), TimeSpan.FromMinutes(10)), new DownsamplingStep(TimeSpan.FromDays(90), TimeSpan.FromHours(1))]);
        Assert.Equal("/_data_stream/metrics-electricbrain.sensor-default/_lifecycle", _server.Requests[3].Path);
        var lifecycle = JsonDocument.Parse(_server.Requests[3].Body).RootElement;
        Assert.Equal("525600m", lifecycle.GetProperty("data_retention").GetString());
        Assert.Equal("""[{"after":"43200m","fixed_interval":"10m"},{"after":"129600m","fixed_interval":"60m"}]""", lifecycle.GetProperty("downsampling").GetRawText());
        Assert.Equal(lifecycle.GetRawText(), JsonDocument.Parse(_server.Requests[1].Body).RootElement.GetProperty("template").GetProperty("lifecycle").GetRawText());
    }

    [Fact]
    public async Task WriteAsync_TemplateOfANewerProgram_IsLeftAlone()
    {
        _server.Admin = static (_, _) => (200, """{"index_templates":[{"name":"x","index_template":{"_meta":{"version":99,"hash":"new"}}}]}""");
        _server.Reply(200, Items("""{"status":201}"""));
        await WriteAsync(Batch(1));
        Assert.Equal(["GET", "POST"], _server.Requests.Select(static request => request.Method));
    }

    private static string Items(params string[] items) => $$"""{"errors":true,"items":[{{string.Join(',', items.Select(static item => $$"""{"create":{{item}}}"""))}}]}""";

    private static TelemetryBatch Batch(int count)
    {
        var batch = new TelemetryBatch();
        var encoder = new DocumentEncoder();
        var buffer = new byte[DocumentEncoder.MaximumLength(Samples.Temperature)];
        foreach (var record in Samples.Records(count))
        {
            batch.Add(batch.Unsettled + 1, buffer.AsSpan(0, encoder.Encode(record.Series, record.Timestamp.ToUnixTimeMilliseconds(), record.Value, buffer)));
        }

        batch.Offer(count);
        return batch;
    }

    private async Task<SinkOutcome> WriteAsync(TelemetryBatch batch, Action<ElasticsearchOptions>? configure = null)
    {
        using var sink = Sink(configure);
        return await sink.WriteAsync(batch, Cancel);
    }

    private ElasticsearchSink Sink(Action<ElasticsearchOptions>? configure = null, ScriptedServer? server = null)
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("http://elastic.lan:9200") };
        configure?.Invoke(options);
        options.Validate();
        return new ElasticsearchSink(options, new HttpElasticsearchTransport(options, server ?? _server));
    }
}
