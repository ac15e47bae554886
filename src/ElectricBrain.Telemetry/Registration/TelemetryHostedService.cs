using Microsoft.Extensions.Hosting;

namespace ElectricBrain.Telemetry.Registration;

/// <summary>Runs the pipeline from before the host's other services start until after they stopped.</summary>
internal sealed class TelemetryHostedService(TelemetryPipeline pipeline) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => pipeline.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => pipeline.StopAsync(cancellationToken);
}
