using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>What <c>calibrate</c> left in the data directory, for this one hat and place.</summary>
internal sealed record HatCalibrations
{
    /// <summary>The computer's heat; null where it was not observed enough.</summary>
    public HeatCompensation? Heat { get; init; }

    /// <summary>What the observations lack; null when there are none, or enough.</summary>
    public string? HeatProblem { get; init; }

    /// <summary>The gas sensor in clean air; null where it was not calibrated.</summary>
    public Mics6814Calibration? Gas { get; init; }

    /// <exception cref="AgentException">A file is no calibration.</exception>
    public static async Task<HatCalibrations> LoadAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        try
        {
            var observations = await HeatObservationFile.LoadAsync(DataDirectory.HeatObservations(dataDirectory), cancellationToken);
            var gas = await Mics6814CalibrationFile.LoadAsync(DataDirectory.GasCalibration(dataDirectory), cancellationToken);
            return From(observations) with { Gas = gas };
        }
        catch (InvalidDataException exception)
        {
            throw new AgentException(ExitCode.Store, exception.Message, exception);
        }
    }

    /// <summary>The compensation that observations give, or why they give none yet.</summary>
    public static HatCalibrations From(IReadOnlyList<HeatObservation> observations)
    {
        if (observations.Count == 0)
        {
            return new HatCalibrations();
        }

        try
        {
            return new HatCalibrations { Heat = HeatCompensation.Fit(observations) };
        }
        catch (ArgumentException exception)
        {
            return new HatCalibrations { HeatProblem = Failure.ReasonOf(exception) };
        }
    }
}
