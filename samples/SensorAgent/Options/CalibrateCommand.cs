using System.CommandLine;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The commands that calibrate the hat.</summary>
internal static class CalibrateCommand
{
    public static readonly Option<double> Reference = new("--reference")
    {
        Description = "What a thermometer in the room shows, away from the computer, in °C.",
        HelpName = "CELSIUS",
        Required = true,
        CustomParser = AgentCommand.Number("--reference", -40, 85, "21.5"),
    };

    /// <param name="selection">The agent's own options for the hat and the data directory.</param>
    /// <param name="run">Runs the agent's part of it.</param>
    public static Command Create(IReadOnlyList<Option> selection, Func<ParseResult, CalibrationTarget, CancellationToken, Task<int>> run)
    {
        return new Command("calibrate", "Calibrate the hat, while no agent uses it, and keep the result in the data directory.")
        {
            Calibrate(CalibrationTarget.Heat, "heat", "Compare the hat with a thermometer in the room. Once with the processor at rest, once under load; then its heat is known.", [Reference, .. selection]),
            Calibrate(CalibrationTarget.Gas, "gas", "Measure clean air, which makes resistances ratios. Takes eleven minutes.", selection),
        };

        Command Calibrate(CalibrationTarget target, string name, string description, IReadOnlyList<Option> options)
        {
            var command = new Command(name, description);
            foreach (var option in options)
            {
                command.Options.Add(option);
            }

            command.SetAction((parsed, cancellationToken) => run(parsed, target, cancellationToken));
            return command;
        }
    }
}
