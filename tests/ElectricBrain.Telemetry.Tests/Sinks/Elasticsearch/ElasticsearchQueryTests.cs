using System.Net;
using System.Text.Json;
using ElectricBrain.Telemetry.Query;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

public sealed class ElasticsearchQueryTests : IDisposable
{
    // Answers of a real 8.19 server.
    private const string Latest =
        """
        {"took":3,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},"hits":{"max_score":null,"hits":[]},"aggregations":{"series":{
        "after_key":{"host":"h","device":"d","sensor":"a","type":"t","unit":"Cel","simulated":true},"buckets":[{"key":{"host":"h","device":"d","sensor":"a","type":"t","unit":"Cel","simulated":true},
        "doc_count":5,"latest":{"hits":{"total":{"value":5,"relation":"eq"},"max_score":null,"hits":[{"_index":".ds-x-000001","_id":"qa9IDVncxkXjVxYAAAABogyWNFs","_score":null,
        "fields":{"value":[5.5],"@timestamp":["1795507500123"]},"sort":[1795507500123]}]}}}]}}}
        """;

    private const string Points =
        """
        {"took":27,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},"hits":{"max_score":null,"hits":[]},"aggregations":{"spans":{"buckets":[
        {"key_as_string":"2026-11-24T08:01:00.000Z","key":1795507260000,"doc_count":2,"avg":{"value":3.0},"min":{"value":2.5},"count":{"value":2},"max":{"value":3.5}},
        {"key_as_string":"2026-11-24T08:03:00.000Z","key":1795507380000,"doc_count":1,"avg":{"value":4.5},"min":{"value":4.5},"count":{"value":1},"max":{"value":4.5}}]}}}
        """;

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1795507260000);

    private readonly ScriptedServer _server = new();
    private readonly ElasticsearchQuery _query;

    public ElasticsearchQueryTests()
    {
        var options = new ElasticsearchOptions { Endpoint = new Uri("http://localhost:9200"), Namespace = "home" };
        _query = new ElasticsearchQuery(options, new HttpElasticsearchTransport(options, _server));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _query.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task GetLatestAsync_RealAnswer_IsRead()
    {
        Answer(200, Latest);
        var record = Assert.Single(await _query.GetLatestAsync(Cancel));
        Assert.Equal(("h/d/a/t/Cel/simulated", 1795507500123, 5.5), (record.Series.Key, record.Timestamp.ToUnixTimeMilliseconds(), record.Value));
        var (method, path, body) = Assert.Single(_server.Requests);
        Assert.Equal(("GET", "/metrics-electricbrain.sensor-home,metrics-electricbrain.late*-home/_search?ignore_unavailable=true&allow_partial_search_results=false"), (method, path));
        JsonDocument.Parse(body);
    }

    [Fact]
    public async Task GetSeriesAsync_RealAnswer_IsRead()
    {
        Answer(200, Points);
        var points = await PointsAsync();
        Assert.Equal([new SeriesPoint(Start, 2, 2.5, 3, 3.5), new SeriesPoint(Start.AddMinutes(2), 1, 4.5, 4.5, 4.5)], points);
    }

    [Fact]
    public async Task GetSeriesAsync_OddNames_AreSentAsTheyAre()
    {
        Answer(200, Points);
        var odd = Samples.Series("a/b \"%\\", "t\n", "1", host: "é{{}}");
        await _query.GetSeriesAsync(odd.Key, Start, Start.AddMinutes(10), 10, Cancel);
        var terms = JsonDocument.Parse(_server.Requests.Single().Body).RootElement.GetProperty("query").GetProperty("bool").GetProperty("filter").EnumerateArray()
            .Where(static filter => filter.TryGetProperty("term", out _)).Select(static filter => filter.GetProperty("term").EnumerateObject().Single().Value.ToString());
        Assert.Equal(["é{{}}", "enviro", "a/b \"%\\", "t\n", "1", "True"], terms);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("h/d/a/t")]
    [InlineData("h/d//t/Cel")]
    [InlineData("h/d/a/t/Cel/real")]
    [InlineData("%68/d/a/t/Cel")]
    public async Task GetSeriesAsync_TextThatIsNoKey_HasNoValuesAndAsksNobody(string key)
    {
        Assert.Empty(await _query.GetSeriesAsync(key, Start, Start.AddMinutes(1), 1, Cancel));
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("", "is not the JSON of that search")]
    [InlineData("[]", "is not the JSON of that search")]
    [InlineData("<html>", "is not the JSON of that search")]
    [InlineData("""{"took":1}""", "is not the JSON of that search")]
    [InlineData("""{"timed_out":true,"_shards":{"total":1,"failed":0},"aggregations":{}}""", "covers only a part of the shards")]
    [InlineData("""{"timed_out":false,"_shards":{"total":2,"failed":1},"aggregations":{}}""", "covers only a part of the shards")]
    [InlineData("""{"timed_out":false,"_shards":{"total":2,"failed":0}}""", "is not the JSON of that search")]
    public async Task AnyQuery_AnswerThatIsNotWhole_IsRefused(string body, string problem)
    {
        Answer(200, body);
        foreach (var call in new Func<Task>[] { () => _query.ListSeriesAsync(Cancel), () => _query.GetLatestAsync(Cancel), () => PointsAsync() })
        {
            Assert.Contains(problem, (await Assert.ThrowsAsync<InvalidDataException>(call)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"min\":{\"value\":2.5}", "\"min\":{\"value\":null}")]
    [InlineData("\"min\":{\"value\":2.5}", "\"min\":{\"value\":1e999}")]
    [InlineData("\"min\":{\"value\":2.5}", "\"min\":{\"value\":\"NaN\"}")]
    [InlineData("\"min\":{\"value\":2.5}", "\"min\":{\"value\":9}")]
    [InlineData("\"count\":{\"value\":2", "\"count\":{\"value\":0")]
    [InlineData("1795507260000", "1795507260001")]
    [InlineData("1795507260000", "1795507200000")]
    [InlineData("1795507260000", "9223372036854775807")]
    [InlineData("1795507380000", "1795507260000")]
    public async Task GetSeriesAsync_SpanThatCannotBe_IsRefused(string real, string changed)
    {
        Answer(200, Points.Replace(real, changed, StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidDataException>(PointsAsync);
    }

    [Theory]
    [InlineData("\"1795507500123\"", "1795507500123")]
    [InlineData("\"1795507500123\"", "\"soon\"")]
    [InlineData("\"1795507500123\"", "\"9223372036854775807\"")]
    [InlineData("\"unit\":\"Cel\"", "\"unit\":\"\"")]
    [InlineData("\"unit\":\"Cel\"", "\"unit\":null")]
    [InlineData("[5.5]", "[]")]
    public async Task GetLatestAsync_RecordThatCannotBe_IsRefused(string real, string changed)
    {
        Answer(200, Latest.Replace(real, changed, StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidDataException>(() => _query.GetLatestAsync(Cancel));
    }

    [Fact]
    public async Task GetLatestAsync_AnswerCutAnywhere_IsRefused()
    {
        for (var length = 0; length < Latest.TrimEnd().Length; length++)
        {
            Answer(200, Latest[..length]);
            await Assert.ThrowsAsync<InvalidDataException>(() => _query.GetLatestAsync(Cancel));
        }
    }

    [Theory]
    [InlineData(401, """{"error":{"type":"security_exception","reason":"api key [k3y1d] has been invalidated"}}""", "does not accept the credentials")]
    [InlineData(403, """{"error":{"type":"security_exception","reason":"action [indices:data/read/search] is unauthorized"}}""", "Grant read on metrics-electricbrain.sensor-home.")]
    [InlineData(503, """{"error":{"type":"search_phase_execution_exception","reason":"all shards failed"}}""", "status 503, search_phase_execution_exception: all shards failed")]
    public async Task ListSeriesAsync_Refused_SaysWhyWithoutSecrets(int status, string body, string expected)
    {
        Answer(status, body);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => _query.ListSeriesAsync(Cancel));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, refused.StatusCode);
        Assert.DoesNotContain("k3y1d", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListSeriesAsync_ServerThatRepeatsAPageForEver_IsRefused()
    {
        var buckets = Enumerable.Range(0, 1000).Select(static i => $$$"""{"key":{"host":"h","device":"d","sensor":"s{{{i}}}","type":"t","unit":"Cel","simulated":true},"doc_count":5}""");
        Answer(200, $$$"""{"timed_out":false,"_shards":{"total":1,"failed":0},"aggregations":{"series":{"buckets":[{{{string.Join(',', buckets)}}}]} } }""");
        Assert.Contains("the same series twice", (await Assert.ThrowsAsync<InvalidDataException>(() => _query.ListSeriesAsync(Cancel))).Message, StringComparison.Ordinal);
        Assert.Contains("\"sensor\":\"s999\"", _server.Requests[1].Body, StringComparison.Ordinal);
    }

    private void Answer(int status, string body) => _server.Admin = (_, _) => (status, body);

    private Task<IReadOnlyList<SeriesPoint>> PointsAsync() => _query.GetSeriesAsync("h/d/a/t/Cel/simulated", Start, Start.AddMinutes(10), 5, Cancel);
}
