using System.Globalization;
using Microsoft.Extensions.Options;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Finds all that is wrong with options at once.</summary>
internal sealed class EnviroSamplerOptionsValidator : IValidateOptions<EnviroSamplerOptions>
{
    public ValidateOptionsResult Validate(string? name, EnviroSamplerOptions options)
    {
        var problems = ProblemsOf(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static List<string> ProblemsOf(EnviroSamplerOptions options)
    {
        var problems = new List<string>();
        var any = false;
        Check(nameof(options.Bme280), options.Bme280);
        Check(nameof(options.Ltr559), options.Ltr559);
        Check(nameof(options.Mics6814), options.Mics6814);
        Check(nameof(options.Pms5003), options.Pms5003);
        Check(nameof(options.Microphone), options.Microphone);
        if (!any)
        {
            problems.Add($"{nameof(EnviroSamplerOptions)} has no interval for any sensor. Set one at least.");
        }

        return problems;

        void Check(string field, TimeSpan? interval)
        {
            any |= interval is not null;
            if (interval < EnviroSamplerOptions.Shortest || interval > EnviroSamplerOptions.Longest)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field} is {interval}. Use {EnviroSamplerOptions.Shortest.TotalMilliseconds} ms to one day, or null to leave the sensor out."));
            }
        }
    }
}
