using System.Net;
using ElectricBrain.Samples.Visualizer.Engine;

namespace ElectricBrain.Samples.Tests.Visualizer;

public sealed class ReadOnlyEngineHandlerTests
{
    [Theory]
    [InlineData("http://engine/_ping")]
    [InlineData("http://engine/version")]
    [InlineData("http://engine/v1.41/info")]
    [InlineData("http://engine/v1.41/nodes")]
    [InlineData("http://engine/v1.41/services?filters=%7B%7D")]
    [InlineData("http://engine/v1.54/tasks")]
    [InlineData("http://engine/v1.41/events?since=1")]
    public async Task Send_ReadingOfTheList_ReachesTheEngine(string address)
    {
        using var engine = new RecordingEngine();
        Assert.Equal(HttpStatusCode.OK, await engine.SendAsync(HttpMethod.Get, address));
        Assert.Equal(new Uri(address), Assert.Single(engine.Requests));
    }

    [Theory]
    [InlineData("GET", "http://engine/v1.41/secrets")]
    [InlineData("GET", "http://engine/v1.41/configs")]
    [InlineData("GET", "http://engine/v1.41/swarm")]
    [InlineData("GET", "http://engine/v1.41/swarm/unlockkey")]
    [InlineData("GET", "http://engine/v1.41/services/website")]
    [InlineData("GET", "http://engine/v1.41/services/website/logs")]
    [InlineData("GET", "http://engine/v1.41/containers/json")]
    [InlineData("GET", "http://engine/v1.41/nodes/../secrets")]
    [InlineData("GET", "http://engine/v1.41/nodes%2F..%2Fsecrets")]
    [InlineData("GET", "http://engine//v1.41/nodes")]
    [InlineData("GET", "http://engine/v1.41/nodes/")]
    [InlineData("GET", "http://engine/V1.41/NODES")]
    [InlineData("GET", "http://engine/v1.41/x/v1.41/nodes")]
    [InlineData("GET", "http://engine/")]
    [InlineData("HEAD", "http://engine/v1.41/nodes")]
    [InlineData("POST", "http://engine/v1.41/nodes")]
    [InlineData("POST", "http://engine/v1.41/services/create")]
    [InlineData("POST", "http://engine/v1.41/nodes/abc/update")]
    [InlineData("PUT", "http://engine/v1.41/services")]
    [InlineData("PATCH", "http://engine/v1.41/services")]
    [InlineData("DELETE", "http://engine/v1.41/services")]
    [InlineData("CONNECT", "http://engine/v1.41/events")]
    public async Task Send_AnythingElse_IsForbiddenAndNeverReachesTheEngine(string method, string address)
    {
        using var engine = new RecordingEngine();
        Assert.Equal(HttpStatusCode.Forbidden, await engine.SendAsync(new HttpMethod(method), address));
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task Send_GetWithABody_IsForbidden()
    {
        using var engine = new RecordingEngine();
        Assert.Equal(HttpStatusCode.Forbidden, await engine.SendAsync(HttpMethod.Get, "http://engine/v1.41/nodes", new StringContent("{}")));
        Assert.Empty(engine.Requests);
    }

    private sealed class RecordingEngine : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker;

        public RecordingEngine() => _invoker = new HttpMessageInvoker(new ReadOnlyEngineHandler(this), disposeHandler: false);

        public List<Uri?> Requests { get; } = [];

        public async Task<HttpStatusCode> SendAsync(HttpMethod method, string address, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            using var response = await _invoker.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _invoker.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
