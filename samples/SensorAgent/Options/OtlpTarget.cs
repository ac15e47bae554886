using OpenTelemetry.Exporter;

namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>A collector that takes OTLP over HTTP.</summary>
/// <param name="Endpoint">Its address, before the path of a signal.</param>
internal sealed record OtlpTarget(Uri Endpoint)
{
    /// <summary>The address.</summary>
    public string DisplayName => Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <exception cref="AgentException">The address is not usable; the message names it.</exception>
    public static OtlpTarget? Build(AgentArguments arguments)
    {
        if ((arguments.Otlp ?? AgentEnvironment.Get(AgentEnvironment.Otlp)) is not { } address)
        {
            return null;
        }

        var valid = Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)
            && endpoint is { Host.Length: > 0, UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
        var source = arguments.Otlp is null ? '$' + AgentEnvironment.Otlp : "--otlp";
        return valid
            ? new OtlpTarget(endpoint!)
            : throw new AgentException(
                ExitCode.Usage,
                $"{InvalidAddress.Show(source, address)} is not an address for OTLP over HTTP; give http or https, such as http://collector.lan:4318. A key for it belongs into $OTEL_EXPORTER_OTLP_HEADERS.");
    }

    /// <summary>Sets where a signal goes (OTLP 1.9, section "OTLP/HTTP Request").</summary>
    /// <param name="exporter">The options of its exporter.</param>
    /// <param name="signal">The signal, such as <c>metrics</c>.</param>
    public void Apply(OtlpExporterOptions exporter, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{DisplayName}/v1/{signal}");

        // The agent does not wait for it longer than for the others when it stops.
        exporter.TimeoutMilliseconds = 5_000;
    }
}
