using System.Device.Gpio;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Display.Dashboard;

public sealed class EnviroDashboardTests
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly FrameBuffer _frame = new(EnviroDashboard.Width, EnviroDashboard.Height);

    [Fact]
    public void Pages_PlainHat_AreThoseOfItsSensors()
    {
        var dashboard = New();
        dashboard.Update(Room.Plain(0));

        Assert.Equal(
            [EnviroPage.Overview, EnviroPage.TemperatureNumber, EnviroPage.TemperatureGraph, EnviroPage.HumidityGraph, EnviroPage.PressureGraph, EnviroPage.LightGraph, EnviroPage.Levels, EnviroPage.Health],
            dashboard.Pages);
        Assert.Throws<ArgumentException>(() => dashboard.Show(EnviroPage.GasGraph));
    }

    [Fact]
    public void Update_MoreSensorsTurnUp_KeepsThePageThatIsShown()
    {
        var dashboard = New();
        dashboard.Update(Room.Plain(0));
        dashboard.Show(EnviroPage.Levels);

        dashboard.Update(Room.At(1));

        Assert.Equal(EnviroPage.Levels, dashboard.CurrentPage);
        Assert.Contains(EnviroPage.GasGraph, dashboard.Pages);
    }

    [Fact]
    public void Pages_OnlyOfMissingSensors_ShowTheHealth()
    {
        var dashboard = New(new EnviroDashboardOptions { Pages = [EnviroPage.GasGraph] });
        dashboard.Update(Room.Plain(0));

        Assert.Equal([EnviroPage.Health], dashboard.Pages);
    }

    [Fact]
    public void ObserveProximity_Taps_GoThroughAllPagesAndAround()
    {
        var dashboard = New();
        dashboard.Update(Room.At(0));
        var seen = new List<EnviroPage>();
        for (var i = 0; i < dashboard.Pages.Count; i++)
        {
            seen.Add(dashboard.CurrentPage);
            Tap(dashboard);
        }

        Assert.Equal(dashboard.Pages, seen);
        Assert.Equal(EnviroPage.Overview, dashboard.CurrentPage);
    }

    [Fact]
    public void ObserveProximity_Unknown_ChangesNothing()
    {
        var dashboard = New();

        Assert.False(dashboard.ObserveProximity(null));
        Assert.Equal(EnviroPage.Overview, dashboard.CurrentPage);
    }

    [Fact]
    public void ObserveProximity_PanelIsOff_WakesItAndKeepsThePage()
    {
        var dashboard = New(new EnviroDashboardOptions { DimAfter = TimeSpan.FromSeconds(30), DimmedBrightness = 0.3, OffAfter = TimeSpan.FromMinutes(2) });
        Assert.Equal(1, dashboard.Brightness);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0.3, dashboard.Brightness);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, dashboard.Brightness);

        Tap(dashboard);
        Assert.Equal((1, EnviroPage.Overview), (dashboard.Brightness, dashboard.CurrentPage));
        Tap(dashboard);
        Assert.Equal(EnviroPage.TemperatureNumber, dashboard.CurrentPage);
    }

    [Fact]
    public void Render_NothingNew_DrawsAgainOnlyAfterASecond()
    {
        var dashboard = New();
        dashboard.Update(Room.At(0));
        Assert.True(dashboard.Render(_frame));

        Assert.False(dashboard.Render(_frame));
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(dashboard.Render(_frame));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(dashboard.Render(_frame));
        Tap(dashboard);
        Assert.True(dashboard.Render(_frame));
        Assert.True(dashboard.Render(new FrameBuffer(160, 80)));
    }

    [Fact]
    public void Render_PagesTurnByThemselves_DrawsTheNextInTime()
    {
        var dashboard = New(new EnviroDashboardOptions { TurnPageAfter = TimeSpan.FromSeconds(8) });
        dashboard.Render(_frame);
        _clock.Advance(TimeSpan.FromSeconds(8));

        Assert.True(dashboard.Render(_frame));
        Assert.Equal(EnviroPage.TemperatureNumber, dashboard.CurrentPage);
    }

    [Fact]
    public void Render_PortraitPicture_IsRefusedWithTheRemedy()
    {
        var exception = Assert.Throws<ArgumentException>(() => New().Render(new FrameBuffer(80, 160)));

        Assert.Contains("landscape", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TimeOfDayIsSet_KeepsHistoryAndAges()
    {
        var (dashboard, other) = (New(), New());
        for (var second = 0; second < 300; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            dashboard.Update(Room.At(second));
            var late = second >= 150 ? TimeSpan.FromDays(200) : TimeSpan.Zero;
            other.Update(Room.At(second) with { Timestamp = Room.At(second).Timestamp + late });
        }

        foreach (var page in dashboard.Pages)
        {
            var shown = new FrameBuffer(160, 80);
            dashboard.Show(page);
            other.Show(page);
            dashboard.Render(_frame);
            other.Render(shown);
            Assert.Equal(Convert.ToHexString(_frame.Bytes), Convert.ToHexString(shown.Bytes));
        }
    }

    [Theory]
    [InlineData(nameof(EnviroDashboardOptions.History))]
    [InlineData(nameof(EnviroDashboardOptions.Pages))]
    [InlineData(nameof(EnviroDashboardOptions.TapThreshold))]
    [InlineData(nameof(EnviroDashboardOptions.OffAfter))]
    public void New_OptionOutOfRange_ThrowsAndNamesIt(string name)
    {
        var options = name switch
        {
            nameof(EnviroDashboardOptions.History) => new EnviroDashboardOptions { History = TimeSpan.Zero },
            nameof(EnviroDashboardOptions.Pages) => new EnviroDashboardOptions { Pages = [] },
            nameof(EnviroDashboardOptions.TapThreshold) => new EnviroDashboardOptions { TapThreshold = 5000 },
            _ => new EnviroDashboardOptions { OffAfter = TimeSpan.Zero },
        };

        Assert.StartsWith(name, Assert.Throws<ArgumentException>(() => New(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAndShow_EveryPageInOperation_AllocatesNothing()
    {
        var pins = new SimulatedGpio();
        using var gpio = new GpioController(pins);
        using var panel = new SimulatedSt7735(pins, _clock);
        using var display = new St7735Display(panel, gpio, timeProvider: _clock);
        await display.InitializeAsync(TestContext.Current.CancellationToken);
        var dashboard = New(new EnviroDashboardOptions { Pages = Enum.GetValues<EnviroPage>() });
        Room.Feed(dashboard, _clock, 0, 700, Room.At);
        var second = 700;
        Round();

        Assert.Equal(0, Allocations.FewestOf(Round));

        void Round()
        {
            for (var i = 0; i < 40; i++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                dashboard.Update(Room.At(second++));
                dashboard.ObserveProximity(i % 2 == 0 ? 5 : 1500);
                dashboard.Render(_frame);
                display.Show(_frame);
            }
        }
    }

    [Fact]
    public async Task RenderAndShow_NextSecondOfAPage_SendsOnlyTheRowsOfTheValue()
    {
        var pins = new SimulatedGpio();
        using var gpio = new GpioController(pins);
        using var panel = new SimulatedSt7735(pins, _clock);
        using var display = new St7735Display(panel, gpio, timeProvider: _clock);
        await display.InitializeAsync(TestContext.Current.CancellationToken);
        var dashboard = New();
        Room.Feed(dashboard, _clock, 0, 700, static _ => Room.At(0));
        dashboard.Show(EnviroPage.TemperatureGraph);
        dashboard.Render(_frame);
        Assert.InRange(display.Show(_frame), 50, 80);
        _clock.Advance(TimeSpan.FromSeconds(1));
        dashboard.Update(Room.At(0) with { TemperatureCelsius = 22.9 });

        dashboard.Render(_frame);

        // The number is 11 rows high; the new mean moves the last column of the line by a few.
        Assert.InRange(display.Show(_frame), 1, 30);
    }

    private EnviroDashboard New(EnviroDashboardOptions? options = null) => new(options, _clock);

    private void Tap(EnviroDashboard dashboard)
    {
        foreach (var counts in new[] { 5, 1500, 5 })
        {
            _clock.Advance(TimeSpan.FromMilliseconds(200));
            dashboard.ObserveProximity(counts);
        }
    }
}
