namespace ElectricBrain.Sensors.Sampling;

/// <summary>A driver as the sampling sees it: something to start, and to measure with.</summary>
internal interface ISampledSensor<TReading> : IDisposable
    where TReading : struct
{
    /// <summary>Checks the chip's identity without changing anything.</summary>
    void Identify();

    /// <summary>Resets and configures the chip.</summary>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>One measurement; null while the chip has nothing trustworthy yet and nothing is wrong.</summary>
    ValueTask<TReading?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Whether a measurement has all that the sensor can tell; one that warms up may tell a part.</summary>
    bool IsSettled(TReading reading) => true;
}
