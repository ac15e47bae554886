namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// Answers of Elasticsearch 8.19.8 as they came, for servers that act a part. Items are what is left of one under the filter that bulk requests ask for. The tests of the real server bring it to
/// each of them; names and times are those of the day.
/// </summary>
internal static class RealReplies
{
    public const string Created = """{"create":{"status":201}}""";

    /// <summary>An operator's ingest pipeline with a drop processor: nothing is stored.</summary>
    public const string DroppedByPipeline = """{"create":{"status":200}}""";

    public const string InFailureStore = """{"create":{"failure_store":"used","status":201}}""";

    public const string Duplicate =
        """{"create":{"status":409,"failure_store":"not_enabled","error":{"type":"version_conflict_engine_exception","reason":"[RzngKPLLX9brEKguAAABog3EPB0][JHhx36KynyTws9M1pJeixUkRjQNL9j0eOuuQxOIFpr-2kNkw4w@2026-11-24T13:34:53.981Z]: version conflict, document already exists (current version [1])"}}}""";

    /// <summary>A time series stream for a document that was sent an identity.</summary>
    public const string IdentityRefused =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"document_parsing_exception","reason":"[1:78] failed to parse: _id must be unset or set to [RzngKPLLX9brEKguAAABog3FU9A] but was [abc] because [.ds-t1-x-2026.11.24-000001] is in time_series mode"}}}""";

    public const string TooOld =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"timestamp_error","reason":"the document timestamp [2026-11-16T13:36:03.000Z] is outside of ranges of currently writable indices [[2026-11-17T13:36:03Z,2026-11-24T14:06:03Z]]"}}}""";

    /// <summary>A stream that was an ordinary one before.</summary>
    public const string TooOldBesideAnOrdinaryIndex =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"timestamp_error","reason":"the document timestamp [2026-11-15T13:40:55.000Z] is outside of ranges of currently writable indices [[null,null][2026-11-24T13:40:54Z,2026-11-24T14:10:54Z]]"}}}""";

    /// <summary>A day ahead.</summary>
    public const string FarTooNew =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"timestamp_error","reason":"the document timestamp [2026-11-25T13:36:03.000Z] is outside of ranges of currently writable indices [[2026-11-17T13:36:03Z,2026-11-24T14:06:03Z]]"}}}""";

    /// <summary>A minute ahead of the range, which moves on.</summary>
    public const string SoonTaken =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"timestamp_error","reason":"the document timestamp [2026-11-24T14:07:03.000Z] is outside of ranges of currently writable indices [[2026-11-17T13:36:03Z,2026-11-24T14:06:03Z]]"}}}""";

    public const string NoTimestamp =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"timestamp_error","reason":"Error extracting data stream timestamp field: Failed to parse object: expecting token of type [START_OBJECT] but found [null]"}}}""";

    public const string WrongType =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"document_parsing_exception","reason":"[1:76] failed to parse field [value] of type [ip] in a time series document at [2026-11-24T13:36:03.467Z]. Preview of field's value: '18'"}}}""";

    public const string TooManyFields =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"document_parsing_exception","reason":"[1:86] failed to parse: Limit of total fields [4] has been exceeded while adding new fields [2]"}}}""";

    public const string StrictMapping =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"strict_dynamic_mapping_exception","reason":"[1:52] mapping set to strict, dynamic introduction of [host] within [_doc] is not allowed"}}}""";

    public const string NoDimension =
        """{"create":{"status":400,"error":{"type":"illegal_argument_exception","reason":"Error extracting routing: source didn't contain any routing fields"}}}""";

    /// <summary>An operator's ingest pipeline with a fail processor.</summary>
    public const string FailedByPipeline = """{"create":{"status":500,"failure_store":"not_enabled","error":{"type":"fail_processor_exception","reason":"no"}}}""";

    public const string PipelineMissing =
        """{"create":{"status":400,"failure_store":"not_enabled","error":{"type":"illegal_argument_exception","reason":"pipeline with id [missing] does not exist"}}}""";

    public const string WriteBlock =
        """{"create":{"status":403,"failure_store":"not_enabled","error":{"type":"cluster_block_exception","reason":"index [.ds-u3-x-2026.11.24-000001] blocked by: [FORBIDDEN/8/index write (api)];"}}}""";

    public const string ReadOnly =
        """{"create":{"status":403,"failure_store":"not_enabled","error":{"type":"cluster_block_exception","reason":"index [.ds-u3-x-2026.11.24-000001] blocked by: [FORBIDDEN/5/index read-only (api)];"}}}""";

    public const string FloodStage =
        """{"create":{"status":429,"failure_store":"not_enabled","error":{"type":"cluster_block_exception","reason":"index [.ds-u3-x-2026.11.24-000001] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block; for more information, see https://www.elastic.co/docs/troubleshoot/elasticsearch/fix-watermark-errors?version=8.19];"}}}""";

    public const string ClosedIndex = """{"create":{"status":400,"error":{"type":"index_closed_exception","reason":"closed"}}}""";

    public const string UnavailableShard =
        """{"create":{"status":503,"failure_store":"not_enabled","error":{"type":"unavailable_shards_exception","reason":"[.ds-v1-x-2026.11.24-000001][0] primary shard is not active Timeout: [2s], request: [BulkShardRequest [[.ds-v1-x-2026.11.24-000001][0]] containing [2] requests]"}}}""";

    public const string NoTemplate =
        """{"create":{"status":404,"error":{"type":"index_not_found_exception","reason":"no such index [u1-x] and the index creation request requires a data stream, but no matching index template with data stream template was found for it"}}}""";

    public const string NameTaken =
        """{"create":{"status":404,"error":{"type":"resource_not_found_exception","reason":"[require_data_stream] request flag is [true] and [u8-x] is not a data stream"}}}""";

    public const string CreationForbidden =
        """{"create":{"status":404,"error":{"type":"index_not_found_exception","reason":"no such index [u9-x] and composable template [u9-*] forbids index auto creation"}}}""";

    public const string Unauthorized =
        """{"create":{"status":403,"error":{"type":"security_exception","reason":"action [indices:admin/auto_create] is unauthorized for API key id [7ETKDaIByzEM-1LPD-bu] of user [elastic] on indices [metrics-b-x], this action is granted by the index privileges [auto_configure,create_index,manage,all]"}}}""";

    public const string RequestUnauthorized =
        """{"error":{"root_cause":[{"type":"security_exception","reason":"action [indices:data/write/bulk] is unauthorized for API key id [7kTKDaIByzEM-1LPEubd] of user [elastic], this action is granted by the index privileges [create_doc,create,delete,index,write,all]"}],"type":"security_exception","reason":"action [indices:data/write/bulk] is unauthorized for API key id [7kTKDaIByzEM-1LPEubd] of user [elastic], this action is granted by the index privileges [create_doc,create,delete,index,write,all]"},"status":403}""";

    public const string KeyInvalidated =
        """{"error":{"root_cause":[{"type":"security_exception","reason":"unable to authenticate with provided credentials and anonymous access is not allowed for this request","additional_unsuccessful_credentials":"API key: api key [7ETKDaIByzEM-1LPD-bu] has been invalidated"}],"type":"security_exception","reason":"unable to authenticate with provided credentials and anonymous access is not allowed for this request","additional_unsuccessful_credentials":"API key: api key [7ETKDaIByzEM-1LPD-bu] has been invalidated"},"status":401}""";

    public const string ClusterReadOnly =
        """{"error":{"root_cause":[{"type":"cluster_block_exception","reason":"blocked by: [FORBIDDEN/6/cluster read-only (api)];"}],"type":"cluster_block_exception","reason":"blocked by: [FORBIDDEN/6/cluster read-only (api)];"},"status":403}""";

    public const string ClusterReadOnlyAllowDelete =
        """{"error":{"root_cause":[{"type":"cluster_block_exception","reason":"blocked by: [FORBIDDEN/13/cluster read-only / allow delete (api)];"}],"type":"cluster_block_exception","reason":"blocked by: [FORBIDDEN/13/cluster read-only / allow delete (api)];"},"status":403}""";

    public const string ParentBreaker =
        """{"error":{"root_cause":[{"type":"circuit_breaking_exception","reason":"[parent] Data too large, data for [<http_request>] would be [294389948/280.7mb], which is larger than the limit of [5368709/5.1mb], real usage: [294389760/280.7mb], new bytes reserved: [188/188b], usages [inflight_requests=188/188b, request=0/0b, fielddata=0/0b]","bytes_wanted":294389948,"bytes_limit":5368709,"durability":"TRANSIENT"}],"type":"circuit_breaking_exception","reason":"[parent] Data too large, data for [<http_request>] would be [294389948/280.7mb], which is larger than the limit of [5368709/5.1mb], real usage: [294389760/280.7mb], new bytes reserved: [188/188b], usages [inflight_requests=188/188b, request=0/0b, fielddata=0/0b]","bytes_wanted":294389948,"bytes_limit":5368709,"durability":"TRANSIENT"},"status":429}""";

    public const string IndexingPressure =
        """{"error":{"root_cause":[{"type":"es_rejected_execution_exception","reason":"rejected execution of coordinating operation [coordinating_and_primary_bytes=0, replica_bytes=0, all_bytes=0, coordinating_operation_bytes=89239, max_coordinating_bytes=40960]"}],"type":"es_rejected_execution_exception","reason":"rejected execution of coordinating operation [coordinating_and_primary_bytes=0, replica_bytes=0, all_bytes=0, coordinating_operation_bytes=89239, max_coordinating_bytes=40960]"},"status":429}""";

    /// <summary>A body that was cut on its way; also a compressed one.</summary>
    public const string NoNewline =
        """{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"The bulk request must be terminated by a newline [\\n]"}],"type":"illegal_argument_exception","reason":"The bulk request must be terminated by a newline [\\n]"},"status":400}""";

    public const string NoBody = """{"error":{"root_cause":[{"type":"parse_exception","reason":"request body is required"}],"type":"parse_exception","reason":"request body is required"},"status":400}""";

    public const string UnknownAction =
        """{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"Malformed action/metadata line [1], expected field [create], [delete], [index] or [update] but found [make]"}],"type":"illegal_argument_exception","reason":"Malformed action/metadata line [1], expected field [create], [delete], [index] or [update] but found [make]"},"status":400}""";

    /// <summary>A parameter that this version does not know; require_data_stream came with 8.13.</summary>
    public const string UnknownParameter =
        """{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"request [/t1-x/_bulk] contains unrecognized parameter: [require_something] -> did you mean [require_alias]?"}],"type":"illegal_argument_exception","reason":"request [/t1-x/_bulk] contains unrecognized parameter: [require_something] -> did you mean [require_alias]?"},"status":400}""";

    /// <summary>An address with a path too many.</summary>
    public const string WrongPath = """{"error":"no handler found for uri [/es/t1-x/_bulk?require_data_stream=true] and method [POST]"}""";

    public const string WrongContentType = """{"error":"Content-Type header [text/plain] is not supported","status":406}""";

    /// <summary>A bulk answer with these items.</summary>
    public static string Bulk(params string[] items) =>
        $$"""{"errors":{{(items.All(static item => item == Created) ? "false" : "true")}},"items":[{{string.Join(',', items)}}]}""";
}
