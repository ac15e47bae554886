using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Takes the means of thermometer and processor over a time in which both are steady.</summary>
internal static class HeatObserver
{
    private const double SteadyKelvin = 1;

    public static async ValueTask<HeatObservation> ObserveAsync(
        EnviroParts parts, double referenceCelsius, int samples, TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (measuredSum, cpuSum, lowest, highest) = (0.0, 0.0, double.MaxValue, double.MinValue);
        for (var i = 0; i < samples; i++)
        {
            if (i > 0)
            {
                await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            }

            var cpu = await parts.Cpu.SampleAsync(cancellationToken).ConfigureAwait(false) ?? throw Failure(parts.Cpu.Health);
            var climate = await parts.Climate.SampleAsync(cancellationToken).ConfigureAwait(false);
            var measured = climate?.TemperatureCelsius ?? throw Failure(parts.Climate.Health);
            measuredSum += measured;
            cpuSum += cpu;
            lowest = Math.Min(lowest, measured);
            highest = Math.Max(highest, measured);
        }

        return highest - lowest <= SteadyKelvin
            ? new HeatObservation(referenceCelsius, measuredSum / samples, cpuSum / samples, timeProvider.GetUtcNow())
            : throw new SensorException(
                SensorFault.InvalidData,
                $"The temperature beside the processor moved from {lowest:0.0} to {highest:0.0} °C. Keep its load as it is for a quarter of an hour, then observe again.");
    }

    private static SensorException Failure(SensorHealth health) =>
        new(health.Fault, health.Message ?? "The temperature is outside of the BME280's range. Bring the hat to a place between -40 and 85 °C.");
}
