using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>A sensor that takes long to start: it starts beside the readings of the others, which do not wait for it.</summary>
internal sealed class BackgroundStart<TReading>(ISampledSensor<TReading> sensor) : ISampledSensor<TReading>
    where TReading : struct
{
    private readonly CancellationTokenSource _stop = new();
    private Task _start = Task.CompletedTask;

    public void Identify() => sensor.Identify();

    public ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _start = sensor.InitializeAsync(_stop.Token).AsTask();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<TReading?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (!_start.IsCompleted)
        {
            return null;
        }

        await _start.ConfigureAwait(false);
        return await sensor.MeasureAsync(cancellationToken).ConfigureAwait(false);
    }

    public bool IsSettled(TReading reading) => sensor.IsSettled(reading);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        sensor.Dispose();
    }
}
