namespace ElectricBrain.Sensors.Climate;

/// <summary>What a hat and a thermometer in the room show at the same time.</summary>
/// <param name="ReferenceCelsius">The thermometer in the room, away from all computers, in °C.</param>
/// <param name="MeasuredCelsius">The BME280, not compensated, in °C.</param>
/// <param name="CpuCelsius">The processor, averaged, in °C.</param>
/// <param name="TakenAt">When.</param>
public readonly record struct HeatObservation(double ReferenceCelsius, double MeasuredCelsius, double CpuCelsius, DateTimeOffset TakenAt)
{
    internal bool IsPlausible => IsAir(ReferenceCelsius) && IsAir(MeasuredCelsius) && CpuCelsius is >= -40 and <= 120;

    private static bool IsAir(double celsius) => celsius is >= -40 and <= 85;
}
