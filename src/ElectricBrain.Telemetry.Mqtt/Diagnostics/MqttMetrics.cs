using System.Diagnostics.Metrics;

namespace ElectricBrain.Telemetry.Mqtt.Diagnostics;

/// <summary>What became of readings, as instruments of the meter <c>ElectricBrain.Telemetry.Mqtt</c>.</summary>
internal sealed class MqttMetrics : IDisposable
{
    private const string MeterName = "ElectricBrain.Telemetry.Mqtt";
    private const string Record = "{record}";

    private readonly Meter _meter;
    private readonly bool _isOwned;

    public MqttMetrics(IMeterFactory? factory)
    {
        _isOwned = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        Published = _meter.CreateCounter<long>("electricbrain.telemetry.mqtt.published", Record, "Records published.");
        Superseded = _meter.CreateCounter<long>("electricbrain.telemetry.mqtt.superseded", Record, "Records not published, since a newer one of the series was.");
        Expired = _meter.CreateCounter<long>("electricbrain.telemetry.mqtt.expired", Record, "Records not published, since they were too old to be shown as current.");
    }

    public Counter<long> Published { get; }

    public Counter<long> Superseded { get; }

    public Counter<long> Expired { get; }

    public void Dispose()
    {
        // A factory disposes of its meters itself.
        if (_isOwned)
        {
            _meter.Dispose();
        }
    }
}
