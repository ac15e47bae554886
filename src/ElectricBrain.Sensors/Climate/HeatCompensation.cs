namespace ElectricBrain.Sensors.Climate;

/// <summary>
/// How much of a computer's heat reaches the thermometer beside it: room = measured - (processor - measured) / factor. The factor
/// is one of the place: of case, fan, distance and air. One of another place makes the temperature wrong in another way, so there
/// is no default; <see cref="Fit"/> finds it.
/// </summary>
public sealed record HeatCompensation
{
    /// <summary>The smallest factor: two thirds of the processor's heat.</summary>
    internal const double MinimumFactor = 0.5;

    /// <summary>The largest factor; beyond, what is left to compensate is less than the thermometer's own error.</summary>
    internal const double MaximumFactor = 100;

    private const double MinimumSpreadKelvin = 5;

    /// <summary>How many times the processor is further above the thermometer than that is above the room, 0.5 to 100.</summary>
    public required double Factor { get; init; }

    /// <summary>Standard uncertainty of <see cref="Factor"/>; null where it was not measured.</summary>
    public double? FactorUncertainty { get; init; }

    /// <summary>Standard deviation in K of the compensated temperature from the references that it was fitted to; null where it was not measured.</summary>
    public double? ResidualKelvin { get; init; }

    /// <summary>
    /// Finds the factor by least squares over measured - reference = (processor - measured) / factor.
    /// </summary>
    /// <param name="observations">
    /// Two at least, each in a steady state of a quarter of an hour, at processor temperatures that are 5 K apart: one at rest and one
    /// under load. More tell more of the uncertainty.
    /// </param>
    /// <exception cref="ArgumentException">The observations cannot tell a factor; the message says what is missing.</exception>
    public static HeatCompensation Fit(IReadOnlyList<HeatObservation> observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ThrowIfInsufficient(observations);
        var (sumXx, sumXy) = (0.0, 0.0);
        foreach (var observation in observations)
        {
            var (x, y) = Terms(observation);
            sumXx += x * x;
            sumXy += x * y;
        }

        var coupling = sumXy / sumXx;
        if (1 / coupling is not (>= MinimumFactor and <= MaximumFactor))
        {
            throw new ArgumentException(
                $"The observations give a factor of {1 / coupling:0.##}, which is not between {MinimumFactor} and {MaximumFactor}: the hat is not warmer than the room in step with the processor. Check the reference; if it is right, there is nothing to compensate.",
                nameof(observations));
        }

        var squares = 0.0;
        foreach (var observation in observations)
        {
            var (x, y) = Terms(observation);
            squares += Math.Pow(y - coupling * x, 2);
        }

        var residual = Math.Sqrt(squares / (observations.Count - 1));
        return new HeatCompensation
        {
            Factor = 1 / coupling,
            FactorUncertainty = residual / Math.Sqrt(sumXx) / (coupling * coupling),
            ResidualKelvin = residual,
        };
    }

    /// <summary>The temperature of the room in °C.</summary>
    internal double RoomCelsius(double measuredCelsius, double cpuCelsius) => measuredCelsius - (cpuCelsius - measuredCelsius) / Factor;

    /// <summary>The temperature beside the processor in °C: the compensation, backwards.</summary>
    internal double HeatedCelsius(double roomCelsius, double cpuCelsius) => (Factor * roomCelsius + cpuCelsius) / (Factor + 1);

    /// <exception cref="ArgumentException">The factor is none that a place can have.</exception>
    internal void Validate()
    {
        if (Factor is not (>= MinimumFactor and <= MaximumFactor))
        {
            throw new ArgumentException($"{nameof(Factor)} is {Factor}. It must be {MinimumFactor} to {MaximumFactor}.");
        }
    }

    private static (double Excess, double Error) Terms(HeatObservation observation) =>
        (observation.CpuCelsius - observation.MeasuredCelsius, observation.MeasuredCelsius - observation.ReferenceCelsius);

    private static void ThrowIfInsufficient(IReadOnlyList<HeatObservation> observations)
    {
        if (observations.Count < 2)
        {
            throw new ArgumentException($"There is {observations.Count} observation. Take two at least, one with the processor at rest and one under load.", nameof(observations));
        }

        var (lowest, highest) = (double.MaxValue, double.MinValue);
        foreach (var observation in observations)
        {
            if (!observation.IsPlausible)
            {
                throw new ArgumentException($"{observation} has temperatures that neither air nor a processor has. Leave it out.", nameof(observations));
            }

            lowest = Math.Min(lowest, observation.CpuCelsius);
            highest = Math.Max(highest, observation.CpuCelsius);
        }

        if (highest - lowest < MinimumSpreadKelvin)
        {
            throw new ArgumentException(
                $"The processor was at {lowest:0.0} to {highest:0.0} °C throughout, which cannot tell its heat from an offset. Add an observation that is {MinimumSpreadKelvin} K away: at rest, or under load.",
                nameof(observations));
        }
    }
}
