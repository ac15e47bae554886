using System.Text.RegularExpressions;
using ElectricBrain.Sensors.Enviro;
using Microsoft.Playwright;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>The page in a real browser, over a real connection to an agent with simulated chips.</summary>
public sealed class AgentPageTests : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly TemporaryDirectory _data = new();
    private readonly List<string> _complaints = [];
    private RunningAgent _agent = null!;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(
            File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true", $"{Chromium} is missing; install the Debian package chromium.");
        _agent = await RunningAgent.StartAsync(_data.Path);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        _page = await _browser.NewPageAsync();
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, message) => _complaints.Add(message);
        await _page.GotoAsync(_agent.Url.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        _data.Dispose();
    }

    [Fact]
    public async Task Page_SimulatedHat_ShowsEveryValueLiveAndTheMark()
    {
        string[] quantities = ["temperature", "humidity", "pressure", "illuminance", "sound_level", "pm2_5", "reducing_gases", "oxidising_gases", "ammonia", "proximity"];
        foreach (var quantity in quantities)
        {
            // Particles take longest: six seconds.
            await Assertions.Expect(Card(quantity).Locator("output")).ToHaveTextAsync(new Regex(@"^-?[\d,]+(\.\d+)?$"), new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
            await Assertions.Expect(Card(quantity).Locator("canvas")).ToBeVisibleAsync();
        }

        await Assertions.Expect(Card("temperature").Locator(".facts")).ToContainTextAsync(new Regex(@"feels -?\d+\.\d °C.*measured \d+\.\d °C"));
        await Assertions.Expect(Card("humidity").Locator(".facts")).ToContainTextAsync(new Regex(@"dew point -?\d+\.\d °C"));
        await Assertions.Expect(Card("pm2_5").Locator(".facts")).ToContainTextAsync(new Regex(@"PM1 \d+ µg/m³.*PM10 \d+ µg/m³"));
        await Assertions.Expect(Card("reducing_gases").Locator(".facts")).ToContainTextAsync(new Regex(@"of clean air \d+\.\d\d×"));
        await Assertions.Expect(Card("sound_level").Locator(".facts")).ToContainTextAsync("± 3 dB");
        await Assertions.Expect(_page.Locator("#simulated")).ToBeVisibleAsync();
        await Assertions.Expect(_page.Locator("#host")).ToHaveTextAsync("pi-in-test");
        await Assertions.Expect(_page.Locator("#connection")).ToHaveAttributeAsync("data-state", "live");
        await Assertions.Expect(_page.Locator("#status")).ToContainTextAsync("Local store");
        await Assertions.Expect(_page.Locator("#status")).ToContainTextAsync("BME280");

        // The security policy, a missing file and a script error all end here.
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("24h")]
    public async Task Page_RangeChosen_ShowsItsHistory(string window)
    {
        await Assertions.Expect(Card("pressure").Locator("canvas")).ToBeVisibleAsync();
        var answer = await _page.RunAndWaitForResponseAsync(
            () => _page.ClickAsync($"[data-window='{window}']"), response => response.Url.Contains($"window={window}", StringComparison.Ordinal));

        Assert.Equal(200, answer.Status);
        await Assertions.Expect(_page.Locator($"[data-window='{window}']")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(Card("pressure").Locator("canvas")).ToBeVisibleAsync();
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Page_PointerOnAGraph_ReadsOutEveryGraphAtThatTime()
    {
        await Assertions.Expect(Card("pressure").Locator("canvas")).ToBeVisibleAsync();
        var over = Card("humidity").Locator(".u-over");
        var box = (await over.BoundingBoxAsync())!;
        await over.HoverAsync(new LocatorHoverOptions { Position = new Position { X = box.Width - 2, Y = 20 } });

        await Assertions.Expect(Card("humidity").Locator(".readout b")).ToContainTextAsync("%");
        await Assertions.Expect(Card("pressure").Locator(".readout b")).ToContainTextAsync("hPa");
    }

    [Fact]
    public async Task Page_SensorUnplugged_MarksItsValuesAsOldAndSaysWhy()
    {
        await Assertions.Expect(Card("temperature").Locator("output")).Not.ToHaveTextAsync("–");
        await Assertions.Expect(Card("illuminance").Locator("output")).Not.ToHaveTextAsync("–");

        _agent.Chips.Bme280.IsConnected = false;

        await Assertions.Expect(Card("temperature").Locator(".note")).ToContainTextAsync("BME280 is started again.");
        await Assertions.Expect(Card("temperature")).ToHaveClassAsync("card stale");
        await Assertions.Expect(Card("temperature")).ToHaveClassAsync(new Regex("stale.*failed"), new LocatorAssertionsToHaveClassOptions { Timeout = 30_000 });
        await Assertions.Expect(Card("temperature").Locator(".note")).ToContainTextAsync("BME280 failed at");
        await Assertions.Expect(Card("temperature").Locator(".note")).ToContainTextAsync("Last value");
        await Assertions.Expect(Card("illuminance")).ToHaveClassAsync("card");

        _agent.Chips.Bme280.IsConnected = true;
        await Assertions.Expect(Card("temperature")).ToHaveClassAsync("card");
    }

    [Fact]
    public async Task Page_HatWithoutASensor_HasNoCardForIt()
    {
        await Assertions.Expect(Card("oxidising_gases")).ToBeVisibleAsync();
        var port = _agent.Url.Port;
        await _agent.DisposeAsync();

        _agent = await RunningAgent.StartAsync(_data.Path, port, hat: new EnviroHatOptions { Board = EnviroBoard.EnviroMini });

        await Assertions.Expect(Card("oxidising_gases")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 30_000 });
        await Assertions.Expect(Card("sound_level")).ToBeHiddenAsync();
        await Assertions.Expect(Card("temperature")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_AgentRestarted_ShowsNoOldValueAsCurrentAndComesBack()
    {
        await Assertions.Expect(Card("pressure").Locator("output")).Not.ToHaveTextAsync("–");
        var port = _agent.Url.Port;
        await _agent.DisposeAsync();

        await Assertions.Expect(_page.Locator("#connection")).ToHaveAttributeAsync("data-state", "lost");
        await Assertions.Expect(Card("pressure")).ToHaveClassAsync("card stale", new LocatorAssertionsToHaveClassOptions { Timeout = 30_000 });
        await Assertions.Expect(Card("pressure").Locator(".note")).ToContainTextAsync("ago");

        _agent = await RunningAgent.StartAsync(_data.Path, port);

        await Assertions.Expect(_page.Locator("#connection")).ToHaveAttributeAsync("data-state", "live", new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 });
        await Assertions.Expect(Card("pressure")).ToHaveClassAsync("card", new LocatorAssertionsToHaveClassOptions { Timeout = 30_000 });
    }

    [Fact]
    public async Task Page_DisplayOfTheHat_IsShown() =>
        await Assertions.Expect(_page.Locator("#lcd img")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });

    private ILocator Card(string quantity) => _page.Locator($"[data-quantity='{quantity}']");
}
