using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using ElectricBrain.Samples.SensorAgent.Outbox;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The command line.</summary>
internal static class AgentCommand
{
    private static readonly Option<bool> Once = new("--once") { Description = "Print one reading and exit." };

    private static readonly Option<OutputFormat> Format = Choice<OutputFormat>("--format", "How --once prints: table or json.");

    private static readonly Option<bool> Simulate = new("--simulate") { Description = "Simulate the hat, though this machine has an I2C bus." };

    private static readonly Option<string?> Header = new("--header")
    {
        Description = $"Machine that the hat sits on, where it runs rgpiod: rgpiod://HOST or rgpiod://HOST:PORT. Default: ${AgentEnvironment.Header}, else this machine.",
        HelpName = "URL",
    };

    private static readonly Option<int?> Bus = new("--bus")
    {
        Description = "I2C bus of the hat (the N of /dev/i2c-N). Default: 1, or the simulated hat on a machine without that bus.",
        HelpName = "N",
        CustomParser = static result => int.TryParse(result.Tokens[0].Value, out var bus) && bus is >= 0 and < 1024
            ? bus
            : Refuse<int?>(result, $"--bus {result.Tokens[0].Value} is not a bus number; give the N of a /dev/i2c-N."),
    };

    private static readonly Option<EnviroBoard?> Board = new("--board")
    {
        Description = "Model of the hat: mini or plus. Default: plus if a gas sensor answers. With plus, one that does not is a fault.",
        HelpName = "mini|plus",
        CustomParser = static result => result.Tokens[0].Value switch
        {
            "mini" => EnviroBoard.EnviroMini,
            "plus" => EnviroBoard.EnviroPlus,
            var board => Refuse<EnviroBoard?>(result, $"--board {board} is not known; give mini or plus."),
        },
    };

    private static readonly Option<bool> Particles = new("--particles") { Description = "A PMS5003 is plugged into the hat." };

    private static readonly Option<bool> Sound = new("--sound") { Description = "Measure sound levels with the hat's microphone. No sound is kept." };

    private static readonly Option<double?> Altitude = new("--altitude")
    {
        Description = "Altitude of the hat above sea level in m, for the pressure at sea level.",
        HelpName = "METRES",
        CustomParser = result => Number("--altitude", -430, 5000, "420")(result),
    };

    private static readonly Option<TimeSpan?> Interval = new("--interval")
    {
        Description = "From one reading to the next, such as 500ms, 1s or 1m; 100ms to 1h. Default: 1s.",
        HelpName = "TIME",
        CustomParser = static result => IntervalText.TryParse(result.Tokens[0].Value, out var interval) && interval >= TimeSpan.FromMilliseconds(100) && interval <= TimeSpan.FromHours(1)
            ? interval
            : Refuse<TimeSpan?>(result, $"--interval {result.Tokens[0].Value} is not usable; give 100ms to 1h, such as 500ms, 1s or 1m."),
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Directory for the readings, on a local disk. Default: $STATE_DIRECTORY, else $XDG_STATE_HOME/electricbrain, else ~/.local/state/electricbrain.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Where to serve the page; several with ';'. Default: http://127.0.0.1:5080.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Port = new("--port") { Description = "Serve the page on http://127.0.0.1:PORT; 0 for any free port.", HelpName = "PORT" };

    private static readonly Option<string?> HostName = new("--host-name")
    {
        Description = $"Name of this machine in the records. Default: ${AgentEnvironment.HostName}, else the machine's name.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> DeviceId = new("--device-id")
    {
        Description = "Name of the hat on this machine in the records. Default: enviro.",
        HelpName = "NAME",
    };

    private static readonly Option<DisplayMode> Display = Choice<DisplayMode>("--display", "Show the readings on the hat's display: auto or off. Default: auto, where there is one.");

    private static readonly Option<LogFormat> LogFormat = Choice<LogFormat>("--log-format", "How log entries are written to stderr: text or json.");

    /// <summary>Parses the arguments, runs the agent and turns every failure into one message and an exit code.</summary>
    public static async Task<int> InvokeAsync(string[] args, Func<AgentOptions, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("Reads the sensors of an Enviro hat, keeps the readings and shows them on a page.")
        {
            Once, Format, Simulate, Header, Bus, Board, Particles, Sound, Altitude, Interval, Data, Urls, Port, HostName, DeviceId,
        };
        DestinationOptions.AddTo(command);
        command.Options.Add(Display);
        command.Options.Add(LogFormat);
        command.Subcommands.Add(OutboxCommand.Create(Data, Format));
        command.SetAction((parsed, cancellationToken) => run(AgentOptionsBuilder.Build(Read(parsed)), cancellationToken));
        command.Subcommands.Add(CalibrateCommand.Create([Simulate, Header, Bus, Board, Data], (parsed, target, cancellationToken) =>
        {
            var arguments = Read(parsed) with { Calibrate = target, Reference = target == CalibrationTarget.Heat ? parsed.GetValue(CalibrateCommand.Reference) : 0 };
            return run(AgentOptionsBuilder.Build(arguments), cancellationToken);
        }));
        try
        {
            var parsed = command.Parse(args);
            if (parsed is { Errors.Count: > 0, Action: ParseErrorAction })
            {
                throw new AgentException(ExitCode.Usage, $"{parsed.Errors[0].Message.TrimEnd('.')}. See --help.");
            }

            // The host handles the signals, and the failures are handled below.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (Failure.Describe(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync($"SensorAgent: {failure.Message}");
            return failure.ExitCode;
        }
    }

    /// <summary>Reads a number in a range.</summary>
    public static Func<ArgumentResult, double> Number(string name, double minimum, double maximum, string example) => result =>
        double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : Refuse<double>(result, $"{name} {result.Tokens[0].Value} is not usable; give {minimum.ToString(CultureInfo.InvariantCulture)} to {maximum.ToString(CultureInfo.InvariantCulture)}, such as {example}.");

    /// <summary>Says what is wrong with an argument.</summary>
    public static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    private static AgentArguments Read(ParseResult parsed) => DestinationOptions.Read(parsed) with
    {
        Once = parsed.GetValue(Once),
        Format = parsed.GetResult(Format) is { Implicit: false } ? parsed.GetValue(Format) : null,
        Simulate = parsed.GetValue(Simulate),
        Header = parsed.GetValue(Header),
        Bus = parsed.GetValue(Bus),
        Board = parsed.GetValue(Board),
        Particles = parsed.GetValue(Particles),
        Sound = parsed.GetValue(Sound),
        Altitude = parsed.GetValue(Altitude),
        Interval = parsed.GetValue(Interval) ?? TimeSpan.FromSeconds(1),
        Data = parsed.GetValue(Data),
        Urls = parsed.GetValue(Urls),
        Port = parsed.GetValue(Port),
        HostName = parsed.GetValue(HostName),
        DeviceId = parsed.GetValue(DeviceId) ?? "enviro",
        Display = parsed.GetValue(Display),
        LogFormat = parsed.GetValue(LogFormat),
    };

    private static Option<T> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(static value => value.ToLowerInvariant()).ToArray();
        return new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = result => Array.IndexOf(names, result.Tokens[0].Value) is >= 0 and var index
                ? Enum.GetValues<T>()[index]
                : Refuse<T>(result, $"{name} {result.Tokens[0].Value} is not known; give {string.Join(" or ", names)}."),
        };
    }
}
