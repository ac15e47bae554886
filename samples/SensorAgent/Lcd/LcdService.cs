using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Lcd;

/// <summary>Shows the readings on the hat's display. A tap on the light sensor turns to the next page.</summary>
internal sealed class LcdService(
    EnviroHat hat, EnviroSampler sampler, AgentHealth health, LcdPanel panel, LcdPicture picture, TimeProvider timeProvider) : BackgroundService
{
    /// <summary>From one look for a tap to the next: a finger takes longer.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var dashboard = new EnviroDashboard(new EnviroDashboardOptions { StaleAfter = health.StaleAfter }, timeProvider);
        var frame = new FrameBuffer(EnviroDashboard.Width, EnviroDashboard.Height);
        var shown = 0L;
        using var timer = new PeriodicTimer(Interval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (sampler.Readings is var taken && taken != shown && sampler.TryGetLatest(out var reading, out _))
                {
                    dashboard.Update(reading);
                    shown = taken;
                }

                var light = await hat.ReadAsync(EnviroSensors.Ltr559, stoppingToken);
                dashboard.ObserveProximity(light.ProximityCounts);

                // Nothing is drawn or sent that nobody can see to have changed.
                if (dashboard.Render(frame))
                {
                    picture.Publish(frame);
                    await panel.ShowAsync(frame, dashboard.Brightness, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }
}
