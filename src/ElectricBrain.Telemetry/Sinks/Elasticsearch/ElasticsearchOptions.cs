using System.Text;

namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>How to reach Elasticsearch and how records are stored there.</summary>
public sealed class ElasticsearchOptions
{
    /// <summary>The only address, such as <c>https://elastic.lan:9200</c>; the first of <see cref="Endpoints"/>, and setting it sets them to it alone.</summary>
    public Uri? Endpoint
    {
        get => Endpoints.Count > 0 ? Endpoints[0] : null;
        set => Endpoints = value is null ? [] : [value];
    }

    /// <summary>
    /// The addresses of the nodes of one cluster. One of them is used, chosen by chance, until it fails; then another. User information in an address is taken as
    /// user name and password, for all of them.
    /// </summary>
    public IReadOnlyList<Uri> Endpoints { get; set; } = [];

    /// <summary>An API key in its encoded form, as Kibana and the API return it. Needs <c>auto_configure</c> and <c>create_doc</c> on the stream.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The user, together with <see cref="Password"/>.</summary>
    public string? UserName { get; set; }

    /// <summary>The password of <see cref="UserName"/>.</summary>
    public string? Password { get; set; }

    /// <summary>A PEM file of the certificate authorities to trust instead of the system's.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of the certificate authority to trust instead of the system's, as Elasticsearch prints it at its first start, or that of
    /// the server's own certificate. The server has to send the authority's certificate, as Elasticsearch does.
    /// </summary>
    public string? CertificateFingerprint { get; set; }

    /// <summary>The last part of the data stream's name, <c>metrics-electricbrain.sensor-NAMESPACE</c>.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Namespace { get; set; } = "default";

    /// <summary>How long the data stream keeps values.</summary>
    /// <value>The default is 365 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How old values are thinned out; in the order of their age.</summary>
    /// <value>The default is empty: values stay as they are until <see cref="Retention"/> ends.</value>
    public IReadOnlyList<DownsamplingStep> Downsampling { get; set; } = [];

    /// <summary>How far back of its creation a new data stream takes values; 1 minute to 7 days.</summary>
    /// <value>The default is 7 days, the longest that Elasticsearch allows.</value>
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Copies of each shard beside the first. With one machine there is no place for a copy.</summary>
    /// <value>The default is 0.</value>
    public int Replicas { get; set; }

    /// <summary>Whether the index template is created and kept up to date; needs <c>manage_index_templates</c>, is skipped without it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ManageTemplate { get; set; } = true;

    /// <summary>When a bulk request is sent; the largest one, which an overloaded server makes smaller for a while.</summary>
    /// <value>The default is 2,000 records, 1 MiB or 1 second.</value>
    public BatchLimits Limits { get; set; } = new(2000, 1 << 20, TimeSpan.FromSeconds(1));

    /// <summary>
    /// The most bulk requests under way at once, while there is a backlog; the sink begins with one, adds one with each full success, and takes half of them when the server says that it
    /// is overloaded.
    /// </summary>
    /// <value>The default is 2: a second request keeps a small server busy while the first is answered, and more brings little.</value>
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>How long one request may take.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The data stream that records go to.</summary>
    public string DataStream => $"metrics-electricbrain.sensor-{Namespace}";

    /// <summary>The ordinary data stream for records that are too old for <see cref="DataStream"/>.</summary>
    public string LateDataStream => $"metrics-electricbrain.late-{Namespace}";

    internal void Validate()
    {
        Require(Endpoints is { Count: > 0 } && Endpoints.All(static endpoint => endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }), nameof(Endpoint), "is not an http or https address, such as https://elastic.lan:9200");
        Require(Namespace.Length is > 0 and <= 100 && Namespace.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.'), nameof(Namespace), $"is \"{Namespace}\"; allowed are up to 100 of a-z, 0-9, '_' and '.'");
        Require(ApiKey is null || UserName is null, nameof(ApiKey), $"and {nameof(UserName)} are both set; give one of them");
        Require(UserName is null == Password is null, nameof(Password), $"and {nameof(UserName)} belong together; one of them is missing");
        Require(ApiKey is null || IsHeaderText(ApiKey), nameof(ApiKey), "holds blanks or characters that no encoded API key has; give the \"encoded\" field of the key");
        Require(CertificateAuthorityFile is null || File.Exists(CertificateAuthorityFile), nameof(CertificateAuthorityFile), $"names {CertificateAuthorityFile}, which does not exist");
        Require(CertificateFingerprint is null || CertificatePin.TryParse(CertificateFingerprint) is not null, nameof(CertificateFingerprint), "is not 64 hexadecimal digits, with or without colons; give the SHA-256 fingerprint of the certificate");
        Require(CertificateFingerprint is null || CertificateAuthorityFile is null, nameof(CertificateFingerprint), $"and {nameof(CertificateAuthorityFile)} are both set; give one of them");
        Require(LookBack >= TimeSpan.FromMinutes(1) && LookBack <= TimeSpan.FromDays(7), nameof(LookBack), $"is {LookBack}; Elasticsearch allows 1 minute to 7 days");
        Require(Retention >= TimeSpan.FromHours(1), nameof(Retention), $"is {Retention}; it must be at least 1 hour");
        Require(Downsampling is { Count: <= 10 } && IsRising(Downsampling), nameof(Downsampling), "has steps that Elasticsearch does not take; give at most 10, each later than the one before and with an interval that is a multiple of it, the first of at least 5 minutes, all before the retention ends");
        Require(Replicas >= 0, nameof(Replicas), $"is {Replicas}; it must not be negative");
        Require(Limits.MaxRecords > 0 && Limits.MaxBytes > 0 && Limits.MaxAge >= TimeSpan.Zero, nameof(Limits), $"is {Limits}; its parts must be above 0");
        Require(MaxConcurrency is >= 1 and <= 64, nameof(MaxConcurrency), $"is {MaxConcurrency}; allowed are 1 to 64");
        Require(RequestTimeout > TimeSpan.Zero, nameof(RequestTimeout), $"is {RequestTimeout}; it must be above 0");
    }

    private bool IsRising(IReadOnlyList<DownsamplingStep> steps) =>
        steps.All(step => step.After >= TimeSpan.Zero && step.After < Retention && step.Interval >= TimeSpan.FromMinutes(5) && step.Interval.Ticks % TimeSpan.TicksPerMinute == 0)
        && steps.Zip(steps.Skip(1)).All(static pair =>
            pair.Second.After > pair.First.After && pair.Second.Interval > pair.First.Interval && pair.Second.Interval.Ticks % pair.First.Interval.Ticks == 0);

    private static bool IsHeaderText(string text) => text.Length > 0 && Ascii.IsValid(text) && !text.Any(c => char.IsControl(c) || c == ' ');

    private static void Require(bool condition, string option, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{nameof(ElasticsearchOptions)}.{option} {problem}.");
        }
    }
}
