using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Lcd;

/// <summary>Shows the readings on the hat's display. A tap on the light sensor turns to the next page.</summary>
internal sealed class LcdService(
    EnviroHat hat, EnviroSampler sampler, AgentHealth health, LcdPanel panel, LcdPicture picture, TimeProvider timeProvider, ILogger<LcdService> logger) : BackgroundService
{
    /// <summary>From one look for a tap to the next: a finger takes longer.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly EnviroDashboard _dashboard = new(new EnviroDashboardOptions { StaleAfter = health.StaleAfter }, timeProvider);
    private readonly FrameBuffer _frame = new(EnviroDashboard.Width, EnviroDashboard.Height);
    private long _shown;
    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ShowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async ValueTask ShowAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (sampler.Readings is var taken && taken != _shown && sampler.TryGetLatest(out var reading, out _))
            {
                _dashboard.Update(reading);
                _shown = taken;
            }

            var light = await hat.ReadAsync(EnviroSensors.Ltr559, stoppingToken);
            _dashboard.ObserveProximity(light.ProximityCounts);

            // Nothing is drawn or sent that nobody can see to have changed.
            if (_dashboard.Render(_frame))
            {
                picture.Publish(_frame);
                await panel.ShowAsync(_frame, _dashboard.Brightness, stoppingToken);
            }

            _hasFailed = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever happens to the display is no reason to stop measuring.
            if (!_hasFailed)
            {
                logger.LcdNotDrawn(exception);
            }

            _hasFailed = true;
        }
    }
}
