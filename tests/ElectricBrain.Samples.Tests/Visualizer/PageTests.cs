using System.Net;
using System.Text.RegularExpressions;

namespace ElectricBrain.Samples.Tests.Visualizer;

/// <summary>The page as the server sends it, before any script runs.</summary>
public sealed partial class PageTests
{
    private const string SecretSpec = """
        {"Name":"shop_web","Labels":{"com.docker.stack.namespace":"shop","shop.apikey":"hunter2-service-label"},
         "TaskTemplate":{"ContainerSpec":{"Image":"busybox:1","Env":["DB_PASSWORD=hunter2-env","GREETING=hunter2-greeting"],"Labels":{"token":"hunter2-container-label"},"Args":["--password=hunter2-arg"]}},
         "Mode":{"Replicated":{"Replicas":2}}}
        """;

    [Fact]
    public async Task Get_SimulatedHome_ContainsNodesTasksServicesTotalsAndTheMark()
    {
        await using var rig = await VisualizerRig.StartAsync();
        var page = await rig.PageAsync();

        Assert.Equal(
            ["host1", "host2", "host3", "host5", "host6", "host7", "host8", "hostzero", "ryzen"],
            NodeNames().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Contains("data-service=\"website_mariadb\"", page, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"total-cpus\">32<", page, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"total-memory\">81 GB<", page, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"simulated\"", page, StringComparison.Ordinal);
        Assert.Contains("no suitable node (scheduling constraints not satisfied on", page, StringComparison.Ordinal);
        Assert.DoesNotContain("simulated-root-password", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ServiceWithSecrets_ShowsItWithoutThem()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        await rig.DeployAsync(SecretSpec);
        await rig.WaitForAsync(state => state.View!.Totals.RunningTasks == 2);
        var page = await rig.PageAsync();

        Assert.Equal(2, Regex.Count(page, "data-testid=\"task\"[^>]*data-service=\"shop_web\""));
        Assert.Contains("hat=enviro", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EngineLost_KeepsTheLastStateAndSaysSo()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        rig.Cluster.IsReachable = false;
        await rig.WaitForAsync(state => state.IsStale);
        var page = await rig.PageAsync();
        Assert.Contains("data-testid=\"connection-banner\" data-stale", page, StringComparison.Ordinal);
        Assert.Contains("data-node=\"host5\"", page, StringComparison.Ordinal);

        rig.Cluster.IsReachable = true;
        await rig.WaitForAsync(state => state.Fault is null);
        Assert.DoesNotContain("connection-banner", await rig.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EngineUnreachableFromTheStart_ServesThePageAndFindsTheEngineLater()
    {
        var cluster = VisualizerRig.ThreeNodes();
        cluster.IsReachable = false;
        await using var rig = await VisualizerRig.StartAsync(cluster, waits: false);
        await rig.WaitForAsync(state => state.Fault is not null);
        Assert.Contains("The engine does not answer yet", await rig.PageAsync(), StringComparison.Ordinal);

        cluster.IsReachable = true;
        await rig.WaitForAsync(state => state.View is not null);
        Assert.Contains("data-node=\"host5\"", await rig.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FilterInTheAddress_ShowsWhatFitsOnly()
    {
        await using var rig = await VisualizerRig.StartAsync();
        var page = await rig.PageAsync("/?stack=agents");
        Assert.All(TaskStacks().Matches(page), match => Assert.Equal("agents", match.Groups[1].Value));
        Assert.Equal(["host3", "host5", "hostzero"], NodeNames().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task Get_AnyAsset_IsServedFromHere()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        var page = await rig.PageAsync();
        var assets = Assets().Matches(page).Select(match => match.Groups[1].Value).Append("fonts/inter.woff2").ToList();
        Assert.True(assets.Count >= 6, page);
        Assert.All(assets, asset => Assert.DoesNotContain("://", asset, StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            using var reply = await rig.Http.GetAsync(new Uri(asset, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(reply.StatusCode == HttpStatusCode.OK, asset);
        }
    }

    [Fact]
    public async Task Get_ForeignHostName_IsRefused()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using var reply = await rig.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Get_AnyPage_MayNotBeFramedAndLoadsNothingFromElsewhere()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        using var reply = await rig.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var policy = string.Join(' ', reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?stack=agents")]
    [InlineData("/_blazor/negotiate")]
    public async Task Get_WithTokenAndNotSignedIn_ShowsTheSignInOnly(string path)
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes(), token: "0123456789abcdef");
        using var reply = path.Contains("_blazor", StringComparison.Ordinal)
            ? await rig.Http.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken)
            : await rig.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(reply.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, reply.StatusCode.ToString());
        Assert.DoesNotContain("host5", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcdeX", false)]
    [InlineData("", false)]
    public async Task Post_SignIn_LetsInWithTheRightTokenOnly(string token, bool isLetIn)
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes(), token: "0123456789abcdef");
        var form = await rig.PageAsync("/signin");
        using var fields = new FormUrlEncodedContent(
            HiddenFields().Matches(form).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value))).Append(new("Token", token)));
        using var reply = await rig.Http.PostAsync(new Uri("/signin", UriKind.Relative), fields, TestContext.Current.CancellationToken);

        Assert.Equal(isLetIn ? HttpStatusCode.Redirect : HttpStatusCode.OK, reply.StatusCode);
        using var page = await rig.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Post_ManyWrongTokens_AreSlowedDown()
    {
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes(), token: "0123456789abcdef");
        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            using var fields = new FormUrlEncodedContent([new("Token", "guess")]);
            using var reply = await rig.Http.PostAsync(new Uri("/signin", UriKind.Relative), fields, TestContext.Current.CancellationToken);
            last = reply.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [GeneratedRegex("data-testid=\"node\" data-node=\"([^\"]+)\"")]
    private static partial Regex NodeNames();

    [GeneratedRegex("data-testid=\"task\"[^>]*data-stack=\"([^\"]*)\"")]
    private static partial Regex TaskStacks();

    [GeneratedRegex("<(?:link|script)[^>]*(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Assets();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenFields();
}
