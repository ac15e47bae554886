using System.Diagnostics.Metrics;
using ElectricBrain.Telemetry.Mqtt;
using ElectricBrain.Telemetry.Registration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registration methods are found where every host looks for them.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the MQTT sink with a host.</summary>
public static class MqttTelemetryBuilderExtensions
{
    /// <summary>Publishes the latest reading of each series to an MQTT broker.</summary>
    public static TelemetryBuilder AddMqtt(this TelemetryBuilder builder, Action<MqttOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder.AddSink(static provider => new MqttSink(
            provider.GetRequiredService<IOptions<MqttOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<MqttSink>>(),
            provider.GetService<IMeterFactory>()));
    }
}
