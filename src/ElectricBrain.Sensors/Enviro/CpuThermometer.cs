using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>The temperature of the processor that the hat sits on, averaged as its heat arrives at the hat.</summary>
internal sealed class CpuThermometer(BoardHeader? header, TimeProvider timeProvider) : ISampledSensor<double>
{
    private ThermalAverage _average;

    public void Identify() => _ = Read();

    public ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _average = default;
        return ValueTask.CompletedTask;
    }

    public ValueTask<double?> MeasureAsync(CancellationToken cancellationToken) => ValueTask.FromResult<double?>(_average.Take(Read(), timeProvider));

    public void Dispose()
    {
    }

    private double Read() => header?.ReadCpuTemperatureCelsius() ?? throw new SensorException(
        SensorFault.BusMissing,
        $"The temperature of the processor of {header?.Name ?? "the bus"} cannot be read, so its heat cannot be taken off. Leave out the compensation to see the temperature as it is measured.");
}
