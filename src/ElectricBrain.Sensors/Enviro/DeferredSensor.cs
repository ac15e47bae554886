using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>A sensor whose pins or port are opened with it: that they are missing is its fault alone, and it comes when they do.</summary>
internal sealed class DeferredSensor<TReading>(Func<ISampledSensor<TReading>> create, IDisposable? part = null) : ISampledSensor<TReading>
    where TReading : struct
{
    private ISampledSensor<TReading>? _sensor;

    private ISampledSensor<TReading> Sensor => _sensor ??= create();

    public void Identify() => Sensor.Identify();

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => Sensor.InitializeAsync(cancellationToken);

    public ValueTask<TReading?> MeasureAsync(CancellationToken cancellationToken) => Sensor.MeasureAsync(cancellationToken);

    public bool IsSettled(TReading reading) => Sensor.IsSettled(reading);

    /// <summary>Disposes the sensor or, when it was never created, the part that it would have taken over.</summary>
    public void Dispose() => (_sensor ?? part)?.Dispose();
}
