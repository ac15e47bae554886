using ElectricBrain.Integration.Tests.Lab;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>What a real swarm looks like on the visualizer's page in a real browser.</summary>
public sealed class VisualizerTests(LabFixture lab)
{
    [Fact]
    public async Task Page_AgentsOnEveryNode_ShowsEachRunningOnItsNode()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // No Elasticsearch is needed to look at the agents, and they run without one.
        await AgentStack.DeployAsync(lab, new Uri("http://192.0.2.1:9200"), cancellationToken);
        var nodes = await lab.Swarm.UpAsync(cancellationToken);
        await using var visualizer = await VisualizerProcess.StartAsync(nodes[0], cancellationToken);
        await using var chromium = await HeadlessChromium.StartAsync();
        var page = await chromium.OpenAsync(visualizer.Url);

        try
        {
            var patience = new LocatorAssertionsToHaveCountOptions { Timeout = 120_000 };
            await Expect(page.Locator("[data-testid=node][data-state=ready]")).ToHaveCountAsync(nodes.Count, patience);
            foreach (var node in nodes)
            {
                var task = page.Locator($"[data-testid=node][data-node={node.Name}] [data-testid=task][data-service=agents_agent]");
                await Expect(task.And(page.Locator("[data-state=running]"))).ToHaveCountAsync(1, patience);
            }
        }
        finally
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(LabPaths.Results, "visualizer.png"), FullPage = true });
        }
    }
}
