using ElectricBrain.Sensors.Enviro;
using Microsoft.Extensions.Hosting;

namespace ElectricBrain.Sensors.Registration;

/// <summary>
/// Samples while the host runs. It stops as soon as the host is asked to stop, so that the streams end and their readers have the
/// time of the shutdown for what is left in them.
/// </summary>
internal sealed class EnviroSamplerHostedService(EnviroSampler sampler, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await sampler.RunAsync(stop.Token).ConfigureAwait(false);
    }
}
