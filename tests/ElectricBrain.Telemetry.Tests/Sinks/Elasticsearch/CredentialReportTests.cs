using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Testing;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

/// <summary>What the log says at the start of what the credentials may do.</summary>
public sealed class CredentialReportTests : IDisposable
{
    private const string LeastPrivileges =
        """
        {"username":"elastic","has_all_requested":false,"cluster":{"manage_index_templates":false},"index":{
        "metrics-electricbrain.sensor-default":{"auto_configure":true,"create_doc":true,"manage_data_stream_lifecycle":false,"read":false},
        "metrics-electricbrain.late-default":{"auto_configure":false,"create_doc":false,"manage_data_stream_lifecycle":false,"read":false}},"application":{}}
        """;

    private const string Path = "/_security/user/_has_privileges";

    private readonly ScriptedServer _server = new();
    private readonly FakeLogger<ElasticsearchSink> _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<string> Report => _log.Collector.GetSnapshot().Where(static entry => entry.Id.Id is 3027 or 3028).Select(static entry => entry.Message);

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task WriteAsync_KeyOfTheLeastPrivileges_IsToldOnceWhatEachMoreWouldBring()
    {
        _server.Admin = static (_, path) => path == Path ? (200, LeastPrivileges) : (403, """{"error":{"type":"security_exception","reason":"unauthorized"},"status":403}""");
        await WriteTwiceAsync(static options => options.ApiKey = "a2V5OnNlY3JldA==");
        Assert.Equal(
            [
                "The credentials allow delivery of records: they have auto_configure, create_doc on metrics-electricbrain.sensor-default.",
                "The credentials do not allow storing late records, which become dead letters otherwise: they lack auto_configure, create_doc on metrics-electricbrain.late-default.",
                "The credentials do not allow writing the index templates and keeping them up to date, which is left to an operator otherwise: they lack manage_index_templates on the cluster.",
                "The credentials do not allow giving a changed lifecycle to streams that are there, which only new streams get otherwise: they lack manage_data_stream_lifecycle on metrics-electricbrain.sensor-default and metrics-electricbrain.late-default.",
                "The credentials do not allow queries by the same credentials: they lack read on metrics-electricbrain.sensor-default and metrics-electricbrain.late-default.",
            ],
            Report);
    }

    [Theory]
    [InlineData(400, """{"error":"no handler found for uri [/_security/user/_has_privileges] and method [GET]"}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(503, "")]
    public async Task WriteAsync_NoAnswerToThat_DeliversAllTheSame(int status, string body)
    {
        _server.Admin = (_, path) => path == Path ? (status, body) : (404, "{}");
        await WriteTwiceAsync(static options => (options.UserName, options.Password, options.ManageTemplate) = ("agent", "secret", false));
        Assert.Empty(Report);
    }

    [Fact]
    public async Task WriteAsync_NoCredentials_DoesNotAsk()
    {
        await WriteTwiceAsync(static _ => { });
        Assert.DoesNotContain(_server.Requests, static request => request.Path == Path);
    }

    private async Task WriteTwiceAsync(Action<ElasticsearchOptions> configure)
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("http://elastic.lan:9200") };
        configure(options);
        using var sink = new ElasticsearchSink(options, new HttpElasticsearchTransport(options, _server), _log);
        for (var i = 0; i < 2; i++)
        {
            _server.Reply(200, RealReplies.Bulk(RealReplies.Created));
            Assert.Equal(Telemetry.Sinks.SinkOutcomeKind.Completed, (await sink.WriteAsync(Batches.Of(Samples.Records(1)), Cancel)).Kind);
        }
    }
}
