using Microsoft.Extensions.DependencyInjection;

namespace ElectricBrain.Telemetry.Registration;

/// <summary>Adds destinations to the pipeline that <c>AddTelemetry</c> registered.</summary>
public sealed class TelemetryBuilder
{
    internal TelemetryBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }
}
