using ElectricBrain.Swarm.Simulation;
using Microsoft.Playwright;

namespace ElectricBrain.Samples.Tests.Visualizer;

/// <summary>The page in a real browser.</summary>
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    private const string WebSpec = """
        {"Name":"website_nginx","Labels":{"com.docker.stack.namespace":"website"},"TaskTemplate":{"ContainerSpec":{"Image":"nginx:1.25"}},"Mode":{"Replicated":{"Replicas":3}}}
        """;

    [Fact]
    public async Task Page_ClusterChanges_FollowsWithoutAReloadAndWithoutAForeignRequest()
    {
        Assert.SkipUnless(File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true", $"{Chromium} is not installed.");
        await using var rig = await VisualizerRig.StartAsync(VisualizerRig.ThreeNodes());
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        List<string> foreign = [], errors = [];
        page.Request += (_, request) => foreign.AddRange(request.Url.StartsWith(rig.Address.ToString(), StringComparison.Ordinal) || request.Url.StartsWith("data:", StringComparison.Ordinal) ? [] : [request.Url]);
        page.Console += (_, line) => errors.AddRange(line.Type is "error" or "warning" ? [line.Text] : []);
        page.PageError += (_, error) => errors.Add(error);

        page.SetDefaultTimeout(90_000);
        page.SetDefaultNavigationTimeout(90_000);
        await page.GotoAsync(rig.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(page.Locator("[data-testid=node]")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "live");

        await rig.DeployAsync(WebSpec);
        await Expect(page.Locator("[data-testid=task][data-service=website_nginx][data-state=running]")).ToHaveCountAsync(3);

        await rig.DrainAsync("host5");
        await Expect(page.Locator("[data-testid=node][data-node=host5]")).ToHaveAttributeAsync("data-state", "drained");
        await Expect(page.Locator("[data-node=host5] [data-testid=task]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-testid=task][data-service=website_nginx][data-state=running]")).ToHaveCountAsync(3);

        await page.GetByTestId("search").FillAsync("hostzero");
        await Expect(page.Locator("[data-testid=node]")).ToHaveCountAsync(1);
        Assert.Contains("q=hostzero", page.Url, StringComparison.Ordinal);
        await page.GetByTestId("search").FillAsync("");
        await Expect(page.Locator("[data-testid=node]")).ToHaveCountAsync(3);

        await page.GetByTestId("theme").ClickAsync();
        await Expect(page.Locator(".page")).ToHaveAttributeAsync("data-theme", "light");
        await page.ReloadAsync();
        await Expect(page.Locator(".page")).ToHaveAttributeAsync("data-theme", "light");

        rig.Cluster.IsReachable = false;
        await Expect(page.GetByTestId("connection-banner")).ToContainTextAsync("the last known state");
        await Expect(page.Locator("[data-testid=node]")).ToHaveCountAsync(3);
        rig.Cluster.IsReachable = true;
        await Expect(page.GetByTestId("connection-banner")).ToHaveCountAsync(0);

        Assert.Empty(foreign);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(768, 1024)]
    [InlineData(1920, 1080)]
    public async Task Page_AnyScreen_FitsItsWidth(int width, int height)
    {
        Assert.SkipUnless(File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true", $"{Chromium} is not installed.");
        await using var rig = await VisualizerRig.StartAsync(SimulatedCluster.CreateHome(TimeProvider.System));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        page.SetDefaultTimeout(90_000);
        page.SetDefaultNavigationTimeout(90_000);
        await page.GotoAsync(rig.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static ILocatorAssertions Expect(ILocator locator)
    {
        Assertions.SetDefaultExpectTimeout(90_000);
        return Assertions.Expect(locator);
    }
}
