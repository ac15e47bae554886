using System.Net;
using ElectricBrain.Telemetry.Sinks.Elasticsearch;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Telemetry.Tests.Sinks.Elasticsearch;

public sealed class NodePoolTests
{
    private static readonly string[] Roots = ["http://a:9200", "http://b:9200", "http://c:9200"];

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Candidates_AllWell_StaysWithOneNode()
    {
        var pool = new NodePool(Roots, _time);
        var first = pool.Candidates()[0];
        for (var i = 0; i < 10; i++)
        {
            Assert.Same(first, pool.Candidates()[0]);
            pool.Succeeded(first);
        }

        Assert.Equal(Roots, pool.Candidates().Select(static node => node.Root).Order());
    }

    [Fact]
    public void Candidates_ManyAgents_SpreadOverTheNodes() =>
        Assert.Equal(Roots, Enumerable.Range(0, 200).Select(_ => new NodePool(Roots, _time).Candidates()[0].Root).Distinct().Order());

    [Fact]
    public void Failed_Node_IsLeftAloneForATimeThatDoublesAndThenTriedAgain()
    {
        var pool = new NodePool(Roots, _time);
        var dead = pool.Candidates()[0];
        var wait = 5.0;
        for (var i = 0; i < 10; i++)
        {
            pool.Failed(dead);
            _time.Advance(TimeSpan.FromSeconds(wait * 0.49));
            Assert.DoesNotContain(dead, pool.Candidates());
            _time.Advance(TimeSpan.FromSeconds(wait * 0.52));
            Assert.Contains(dead, pool.Candidates());
            wait = Math.Min(300, wait * 2);
        }

        pool.Succeeded(dead);
        Assert.Same(dead, pool.Candidates()[0]);
        Assert.All(pool.Health, static node => Assert.True(node.IsAlive));
    }

    [Fact]
    public void Candidates_AllDead_GivesTheOneWhoseTimeIsUpFirst()
    {
        var pool = new NodePool(Roots, _time);
        var nodes = pool.Candidates();
        foreach (var node in nodes)
        {
            pool.Failed(node);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        pool.Failed(nodes[1]);
        var next = Assert.Single(pool.Candidates());
        Assert.NotSame(nodes[1], next);
        Assert.Equal(next.DeadUntil, nodes.Min(static node => node.DeadUntil));
    }

    [Fact]
    public async Task SendAsync_NodesDown_GoesToTheOneThatAnswersInTheSameCallAndStaysThere()
    {
        var asked = new List<string>();
        using var handler = new Handler(request =>
        {
            asked.Add(request.RequestUri!.Host);
            return request.RequestUri.Host switch
            {
                "a" => throw new HttpRequestException("Connection refused (a:9200)"),
                "b" => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("") },
                _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") },
            };
        });
        using var transport = new HttpElasticsearchTransport(new ElasticsearchOptions { Endpoints = Roots.Select(static root => new Uri(root)).ToArray() }, handler, time: _time);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await transport.SendAsync(HttpMethod.Get, "/", default, TestContext.Current.CancellationToken)).Status);
        }

        Assert.Equal("c", asked[^1]);
        Assert.InRange(asked.Count, 5, 7);
        Assert.True(asked.Count(static host => host == "a") <= 1 && asked.Count(static host => host == "b") <= 1);
    }

    [Fact]
    public async Task SendAsync_EveryNodeDown_NamesTheLastAndHowManyMore()
    {
        using var handler = new Handler(static _ => throw new HttpRequestException("Connection refused"));
        using var transport = new HttpElasticsearchTransport(new ElasticsearchOptions { Endpoints = Roots.Select(static root => new Uri(root)).ToArray() }, handler, time: _time);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await transport.SendAsync(HttpMethod.Get, "/", default, TestContext.Current.CancellationToken));
        Assert.Contains("cannot be reached, nor at 2 other nodes: Connection refused.", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
