using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Checks the arguments and completes them from the environment.</summary>
internal static class AgentOptionsBuilder
{
    /// <exception cref="AgentException">An argument or variable is not usable; the message names it.</exception>
    public static AgentOptions Build(AgentArguments arguments)
    {
        AgentException.Require(!(arguments.Simulate && arguments.Bus is not null), "--simulate and --bus exclude each other; a simulated hat has no bus. Give one of them.");
        AgentException.Require(arguments.Format is null || arguments.Once, "--format needs --once; a running agent answers with JSON at /api/current.");
        AgentException.Require(!(arguments.Sound && arguments.Header is not null), "--sound and --header exclude each other; a microphone cannot be heard over rgpiod. Give one of them.");
        AgentException.Require(!(arguments.Particles && arguments.Board == EnviroBoard.EnviroMini), "--particles needs --board plus: an Enviro mini has no connector for the particle sensor.");
        return new AgentOptions
        {
            Once = arguments.Once,
            Format = arguments.Format ?? OutputFormat.Table,
            Simulate = arguments.Simulate,
            Header = RemoteHeaderBuilder.Build(arguments),
            Bus = arguments.Bus,
            Calibrate = arguments.Calibrate,
            ReferenceCelsius = arguments.Reference,
            Board = arguments.Board,
            Particles = arguments.Particles,
            Sound = arguments.Sound,
            AltitudeMetres = arguments.Altitude,
            Interval = arguments.Interval,
            DataDirectory = FullPath("--data", arguments.Data ?? AgentEnvironment.DefaultDataDirectory()),
            Urls = ListenUrls.Build(arguments.Urls, arguments.Port),
            HostName = arguments.HostName is { } hostName
                ? Name("--host-name", hostName)
                : Name('$' + AgentEnvironment.HostName, AgentEnvironment.Get(AgentEnvironment.HostName) ?? Environment.MachineName),
            DeviceId = Name("--device-id", arguments.DeviceId),
            Retention = Retention.Build(arguments),
            NdjsonDirectory = arguments.Ndjson is { } directory ? FullPath("--ndjson", directory) : null,
            Elasticsearch = ElasticsearchTargetBuilder.Build(arguments),
            Mqtt = MqttTargetBuilder.Build(arguments),
            Metrics = arguments.Metrics,
            Otlp = OtlpTarget.Build(arguments),
            Display = arguments.Display,
            LogFormat = arguments.LogFormat,
        };
    }

    private static string FullPath(string option, string directory)
    {
        AgentException.Require(!string.IsNullOrWhiteSpace(directory), $"{option} names no directory; give one on a local disk.");
        return Path.GetFullPath(directory);
    }

    private static string Name(string source, string value)
    {
        AgentException.Require(
            value.Length is > 0 and <= TelemetrySeries.MaximumNameLength && !value.Any(char.IsControl) && !string.IsNullOrWhiteSpace(value),
            $"{source} \"{value}\" cannot name anything; give 1 to {TelemetrySeries.MaximumNameLength} printable characters.");
        return value;
    }
}
