using ElectricBrain.Samples.SensorAgent.Lcd;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Simulation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class LcdPanelTests
{
    private readonly SimulatedEnviro _enviro = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly FrameBuffer _frame = new(160, 80) { [3, 4] = Rgb565.White };
    private int _opened;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ShowAsync_Panel_ShowsThePictureAndSleepsInTheDark()
    {
        using var panel = Panel(() => St7735Display.OpenOn(_enviro.Header));

        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        Assert.True(_enviro.Display.IsShowing);

        // The glass stands upright: the fifth row from the top is its fifth column.
        Assert.Contains(Rgb565.White, Enumerable.Range(0, 160).Select(row => _enviro.Display.PixelAt(4, row)).Concat(Enumerable.Range(0, 160).Select(row => _enviro.Display.PixelAt(75, row))));

        await panel.ShowAsync(_frame, brightness: 0, Cancellation);
        Assert.True(_enviro.Display.IsAsleep);
        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        Assert.True(_enviro.Display.IsShowing);
    }

    [Fact]
    public async Task ShowAsync_PanelFails_IsOpenedAgainAfterAWhile()
    {
        using var panel = Panel(() => St7735Display.OpenOn(_enviro.Header));
        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        _enviro.Display.FailNext(100);
        _frame[9, 9] = Rgb565.White;

        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        Assert.Equal(1, _opened);

        _enviro.Display.FailNext(0);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        Assert.Equal(2, _opened);
        Assert.True(_enviro.Display.IsShowing);
    }

    [Fact]
    public async Task ShowAsync_NoBusForIt_IsAskedForOnlyOnce()
    {
        using var panel = Panel(static () => throw new SensorException(SensorFault.BusMissing, "/dev/spidev0.1 does not exist."));

        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
        _clock.Advance(TimeSpan.FromHours(1));
        await panel.ShowAsync(_frame, brightness: 1, Cancellation);

        Assert.Equal(1, _opened);
    }

    [Fact]
    public async Task ShowAsync_SimulatedHat_NeedsNoPanel()
    {
        using var panel = new LcdPanel(open: null, _clock, NullLogger<LcdPanel>.Instance);

        await panel.ShowAsync(_frame, brightness: 1, Cancellation);
    }

    private LcdPanel Panel(Func<St7735Display> open) => new(
        () =>
        {
            _opened++;
            return open();
        },
        _clock,
        NullLogger<LcdPanel>.Instance);
}
