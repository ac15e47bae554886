using System.Globalization;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Calibrates the hat and keeps the result in the data directory, where the agent finds it.</summary>
internal static class Calibrating
{
    public static async Task<int> RunAsync(AgentOptions options, TextWriter output, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        DataDirectory.Prepare("data", options.DataDirectory);
        var hatOptions = HatSelection.From(options).Configure(options, new HatCalibrations());
        (hatOptions.Pms5003, hatOptions.Sound) = (null, null);
        using var hat = EnviroHat.Open(hatOptions, timeProvider);
        await (options.Calibrate == CalibrationTarget.Heat
            ? ObserveHeatAsync(hat, options, output, cancellationToken)
            : CalibrateGasAsync(hat, options, output, cancellationToken));
        return ExitCode.Success;
    }

    private static async Task ObserveHeatAsync(EnviroHat hat, AgentOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var path = DataDirectory.HeatObservations(options.DataDirectory);
        var earlier = await HeatObservationFile.LoadAsync(path, cancellationToken);
        await output.WriteLineAsync("Observing the hat and the processor for a minute.");
        var observation = await hat.ObserveHeatAsync(options.ReferenceCelsius, cancellationToken: cancellationToken);
        IReadOnlyList<HeatObservation> observations = [.. earlier, observation];
        await HeatObservationFile.SaveAsync(path, observations, cancellationToken);
        await output.WriteLineAsync(Text($"Room {observation.ReferenceCelsius:0.0} °C, hat {observation.MeasuredCelsius:0.0} °C, processor {observation.CpuCelsius:0.0} °C: kept in {path}."));
        var calibrations = HatCalibrations.From(observations);
        await output.WriteLineAsync(calibrations.Heat is { } heat
            ? Text($"Factor {heat.Factor:0.00} ± {heat.FactorUncertainty:0.00} of {observations.Count} observations; the compensated temperature is {heat.ResidualKelvin:0.0} K off them. The agent uses it from its next start.")
            : calibrations.HeatProblem);
    }

    private static async Task CalibrateGasAsync(EnviroHat hat, AgentOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var path = DataDirectory.GasCalibration(options.DataDirectory);
        await output.WriteLineAsync("Warming the gas sensor up for ten minutes, then measuring the air for one. Keep it clean.");
        var calibration = await hat.CalibrateGasAsync(cancellationToken);
        await Mics6814CalibrationFile.SaveAsync(path, calibration, cancellationToken);
        await output.WriteLineAsync(Text(
            $"Clean air: reducing {calibration.ReducingOhms:0}, oxidising {calibration.OxidisingOhms:0}, ammonia {calibration.AmmoniaOhms:0} Ω: kept in {path}. The agent uses it from its next start."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
