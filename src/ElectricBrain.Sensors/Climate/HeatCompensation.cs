namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// How much of a computer's heat reaches the thermometer beside it: room = measured - (processor - measured) / factor. The factor
/// is one of the place: of case, fan, distance and air. One of another place makes the temperature wrong in another way.
/// </summary>
public sealed record HeatCompensation
{
    /// <summary>The smallest factor: half of the excess of the processor.</summary>
    internal const double MinimumFactor = 0.5;

    /// <summary>The largest factor; beyond, what is left to compensate is less than the thermometer's own error.</summary>
    internal const double MaximumFactor = 100;

    /// <summary>How many times the processor is further above the thermometer than that is above the room, 0.5 to 100.</summary>
    public required double Factor { get; init; }

    /// <summary>The temperature of the room in °C.</summary>
    internal double RoomCelsius(double measuredCelsius, double cpuCelsius) => measuredCelsius - (cpuCelsius - measuredCelsius) / Factor;

    /// <exception cref="ArgumentException">The factor is none that a place can have.</exception>
    internal void Validate()
    {
        if (Factor is not (>= MinimumFactor and <= MaximumFactor))
        {
            throw new ArgumentException($"{nameof(Factor)} is {Factor}. It must be {MinimumFactor} to {MaximumFactor}.");
        }
    }
}
