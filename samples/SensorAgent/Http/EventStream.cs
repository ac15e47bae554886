using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>
/// Live events: <c>reading</c> for each reading as it is taken, <c>status</c> at the start and every few seconds, also while no
/// reading comes, so that a listener can tell a silent sensor from a broken connection.
/// </summary>
internal sealed class EventStream(ReadingFeed feed, AgentStatus status, AgentOptions options, TimeProvider timeProvider)
{
    /// <summary>More listeners than this are told to come back; each costs memory and a write per reading.</summary>
    private const int MaximumListeners = 64;

    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(5);
    private int _listeners;

    public IResult Open(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _listeners) > MaximumListeners)
        {
            Interlocked.Decrement(ref _listeners);
            return TypedResults.Json(
                new ErrorDocument($"All {MaximumListeners} live connections are in use; close one, or poll /api/current."),
                AgentJsonContext.Default.ErrorDocument,
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return TypedResults.ServerSentEvents(ListenAsync(cancellationToken));
    }

    private async IAsyncEnumerable<SseItem<string>> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readings = feed.Subscribe();
        try
        {
            yield return StatusEvent();
            var statusSent = timeProvider.GetTimestamp();
            var more = true;
            while (more)
            {
                var untilStatus = StatusInterval - timeProvider.GetElapsedTime(statusSent);
                if (untilStatus <= TimeSpan.Zero)
                {
                    yield return StatusEvent();
                    statusSent = timeProvider.GetTimestamp();
                    continue;
                }

                more = await WaitAsync(readings.WaitToReadAsync(cancellationToken), untilStatus, cancellationToken);
                while (readings.TryRead(out var reading))
                {
                    var document = ReadingDocument.From(reading, TimeSpan.Zero, options);
                    yield return new SseItem<string>(JsonSerializer.Serialize(document, AgentJsonContext.Default.ReadingDocument), "reading");
                }
            }
        }
        finally
        {
            feed.Unsubscribe(readings);
            Interlocked.Decrement(ref _listeners);
        }
    }

    /// <summary>False when the readings have ended.</summary>
    private async ValueTask<bool> WaitAsync(ValueTask<bool> reading, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.AsTask().WaitAsync(limit, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private SseItem<string> StatusEvent() => new(JsonSerializer.Serialize(status.Get(), AgentJsonContext.Default.StatusDocument), "status");
}
