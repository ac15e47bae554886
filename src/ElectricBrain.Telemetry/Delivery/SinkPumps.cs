using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Outbox.Files;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>The pumps of all sinks: the slowest of them tells what the outbox has to keep.</summary>
internal sealed class SinkPumps(IEnumerable<ITelemetrySink> sinks) : IDisposable
{
    private readonly ITelemetrySink[] _sinks = Checked(sinks);
    private SinkPump[] _pumps = [];

    /// <summary>The position that every sink has passed for good.</summary>
    public long Saved => _pumps.Min(static pump => pump.Saved);

    /// <summary>Damaged records that were met.</summary>
    public long Corrupt => _pumps.Select(static pump => pump.Corrupt).DefaultIfEmpty().Max();

    /// <summary>Records that the slowest sink has not taken.</summary>
    public long Pending => _pumps.Max(static pump => pump.GetStatus().Pending);

    public IReadOnlyList<SinkStatus> GetStatus() => _pumps.Length > 0
        ? _pumps.Select(static pump => pump.GetStatus()).ToArray()
        : _sinks.Select(static sink => new SinkStatus { Name = sink.Name }).ToArray();

    /// <summary>Finds the place of each sink in the log.</summary>
    /// <param name="log">The outbox.</param>
    /// <param name="files">Where dead letters are kept.</param>
    /// <param name="options">The pipeline's options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="saved">Called after a cursor moved durably.</param>
    public void Open(OutboxLog log, IOutboxFileSystem files, TelemetryOptions options, TimeProvider time, ILogger logger, Action saved) => _pumps = _sinks
        .Select(sink => new SinkPump(sink, log, new DeadLetterFile(files, sink.Name, options.MaxDeadLetterBytes, time), options, time, logger, saved))
        .ToArray();

    /// <summary>Runs until cancelled, or drained and empty.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_pumps.Select(pump => Task.Run(() => pump.RunAsync(cancellationToken), CancellationToken.None)));

    /// <summary>Tells that there are new records.</summary>
    public void Wake() => Array.ForEach(_pumps, static pump => pump.Wake());

    /// <summary>Lets <see cref="RunAsync"/> end as soon as nothing is pending.</summary>
    public void Drain() => Array.ForEach(_pumps, static pump => pump.Drain());

    public void Dispose() => Array.ForEach(_pumps, static pump => pump.Dispose());

    private static ITelemetrySink[] Checked(IEnumerable<ITelemetrySink> sinks)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        var all = sinks.ToArray();
        if (all.Length == 0)
        {
            throw new ArgumentException("The telemetry pipeline has no sink, so that its records would go nowhere; add SQLite or Elasticsearch.", nameof(sinks));
        }

        foreach (var name in all.Select(static sink => sink.Name))
        {
            if (name is not { Length: > 0 and <= 64 } || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                throw new ArgumentException($"\"{name}\" cannot name a sink; use up to 64 of a-z, 0-9 and '-'.", nameof(sinks));
            }
        }

        return all.GroupBy(static sink => sink.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two sinks have the name \"{twice.Key}\"; give each its own.", nameof(sinks))
            : all;
    }
}
