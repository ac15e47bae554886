using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ElectricBrain.Telemetry.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Asks the server once what the credentials may do, which anyone may ask of their own, and logs what they bring beyond delivery and what they lack. Nothing depends on it:
/// each privilege is tried when it is needed.
/// </summary>
internal sealed class CredentialReport(ElasticsearchOptions options, IElasticsearchTransport transport, ILogger logger)
{
    /// <summary>Whether there is nothing to report any more.</summary>
    public bool IsDone { get; private set; } = options is { ApiKey: null, UserName: null } && options.Endpoints.All(static endpoint => endpoint.UserInfo.Length == 0);

    private string Question =>
        $$"""
        {"cluster":["manage_index_templates"],"index":[
          {"names":["{{options.DataStream}}"],"privileges":["auto_configure","create_doc","manage_data_stream_lifecycle","read"]},
          {"names":["{{options.LateDataStream}}"],"privileges":["auto_configure","create_doc","manage_data_stream_lifecycle","read"]}]}
        """;

    [SuppressMessage("Design", "CA1031", Justification = "A transport of any make may throw anything; a report that fails is tried again, or left out.")]
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsDone)
        {
            return;
        }

        try
        {
            var response = await transport.SendAsync(HttpMethod.Get, "/_security/user/_has_privileges", Encoding.UTF8.GetBytes(Question), cancellationToken).ConfigureAwait(false);
            IsDone = response.Status is 200 or 400 or 404 or 405;
            if (response.Status == 200)
            {
                using var answer = JsonDocument.Parse(response.Body);
                Report(answer.RootElement);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Delivery says what is wrong with the server.
        }
    }

    private void Report(JsonElement answer)
    {
        var indices = answer.GetProperty("index"u8);
        var sensor = indices.GetProperty(options.DataStream);
        var late = indices.GetProperty(options.LateDataStream);
        Tell(options.DataStream, "delivery of records", Has(sensor, "auto_configure") && Has(sensor, "create_doc"), "auto_configure, create_doc");
        Tell(options.LateDataStream, "storing late records, which become dead letters otherwise", Has(late, "auto_configure") && Has(late, "create_doc"), "auto_configure, create_doc");
        if (options.ManageTemplate)
        {
            Tell("the cluster", "writing the index templates and keeping them up to date, which is left to an operator otherwise", Has(answer.GetProperty("cluster"u8), "manage_index_templates"), "manage_index_templates");
            Tell(
                $"{options.DataStream} and {options.LateDataStream}",
                "giving a changed lifecycle to streams that are there, which only new streams get otherwise",
                Has(sensor, "manage_data_stream_lifecycle") && Has(late, "manage_data_stream_lifecycle"),
                "manage_data_stream_lifecycle");
        }

        Tell($"{options.DataStream} and {options.LateDataStream}", "queries by the same credentials", Has(sensor, "read") && Has(late, "read"), "read");
    }

    private void Tell(string target, string use, bool isGranted, string privileges)
    {
        if (isGranted)
        {
            logger.PrivilegeGranted(use, privileges, target);
        }
        else
        {
            logger.PrivilegeMissing(use, privileges, target);
        }
    }

    private static bool Has(JsonElement privileges, string name) => privileges.GetProperty(name).GetBoolean();
}
