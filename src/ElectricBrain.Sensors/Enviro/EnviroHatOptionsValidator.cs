using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Sound;
using Microsoft.Extensions.Options;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Finds all that is wrong with options at once.</summary>
internal sealed class EnviroHatOptionsValidator : IValidateOptions<EnviroHatOptions>
{
    public ValidateOptionsResult Validate(string? name, EnviroHatOptions options)
    {
        var problems = ProblemsOf(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static List<string> ProblemsOf(EnviroHatOptions options)
    {
        var problems = new List<string>();
        if (options.Bme280Address is not (Bme280Sensor.DefaultAddress or Bme280Sensor.AlternateAddress))
        {
            problems.Add($"{nameof(options.Bme280Address)} is 0x{options.Bme280Address:X2}. A BME280 can have 0x{Bme280Sensor.DefaultAddress:X2} or 0x{Bme280Sensor.AlternateAddress:X2}.");
        }

        if (options.RemoteHeader is not null && options.Simulate)
        {
            problems.Add($"{nameof(options.RemoteHeader)} and {nameof(options.Simulate)} are both set; a simulated hat is on no machine. Leave out the one or the other.");
        }

        if (options.RemoteHeader is not null && options.Sound is not null)
        {
            problems.Add($"{nameof(options.Sound)} is set, but {nameof(options.RemoteHeader)} is too, and rgpiod cannot carry a microphone. Leave out the one or the other.");
        }

        if (options.Board is { } board && !Enum.IsDefined(board))
        {
            problems.Add($"{nameof(options.Board)} has the undefined value {board}. Use one of {string.Join(", ", Enum.GetNames<EnviroBoard>())}, or null to have it detected.");
        }

        if (options.Board == EnviroBoard.EnviroMini && options.Pms5003 is not null)
        {
            problems.Add($"{nameof(options.Pms5003)} is set, but {nameof(options.Board)} is {EnviroBoard.EnviroMini}, which has no connector for it. Leave out the one or the other.");
        }

        if (options.Pms5003?.Mode == Pms5003Mode.Passive)
        {
            problems.Add($"{nameof(options.Pms5003)}: {nameof(options.Pms5003.Mode)} is {Pms5003Mode.Passive}, in which an answer can take nine seconds, and every reading of the hat with it. Use {Pms5003Mode.Active}.");
        }

        if (options.AltitudeMetres is { } altitude && !SeaLevelPressure.IsInRange(altitude))
        {
            problems.Add($"{nameof(options.AltitudeMetres)} is {altitude}. It must be {SeaLevelPressure.MinimumMetres} to {SeaLevelPressure.MaximumMetres} m.");
        }

        if (string.IsNullOrWhiteSpace(options.MicrophoneDevice))
        {
            problems.Add($"{nameof(options.MicrophoneDevice)} is empty. 'arecord -L' lists the names of the devices.");
        }

        Check(problems, nameof(options.Header), options.Header, static header => header.Validate());
        CheckOptional(problems, nameof(options.RemoteHeader), options.RemoteHeader, static header => header.Validate());
        Check(problems, nameof(options.Bme280), options.Bme280, static settings => settings.Validate());
        Check(problems, nameof(options.Ltr559), options.Ltr559, static settings => settings.Validate());
        CheckOptional(problems, nameof(options.Mics6814), options.Mics6814, static settings => settings.Validate());
        CheckOptional(problems, nameof(options.Pms5003), options.Pms5003, static settings => settings.Validate());
        CheckOptional(problems, nameof(options.Sound), options.Sound, static sound => sound.Validate(SoundFormat.Enviro));
        CheckOptional(problems, nameof(options.HeatCompensation), options.HeatCompensation, static compensation => compensation.Validate());
        return problems;
    }

    private static void Check<T>(List<string> problems, string name, T? part, Action<T> validate)
        where T : class
    {
        if (part is null)
        {
            problems.Add($"{name} is null. Leave its default.");
        }

        CheckOptional(problems, name, part, validate);
    }

    private static void CheckOptional<T>(List<string> problems, string name, T? part, Action<T> validate)
        where T : class
    {
        try
        {
            if (part is not null)
            {
                validate(part);
            }
        }
        catch (ArgumentException exception)
        {
            problems.Add($"{name}: {exception.Message}");
        }
    }
}
