using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ElectricBrain.Samples.SensorAgent.Documents;
using ElectricBrain.Samples.SensorAgent.Health;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>
/// Live events: <c>reading</c> for each reading as it is taken, <c>status</c> at the start and every few seconds, also while no
/// reading comes, so that a listener can tell a silent sensor from a broken connection.
/// </summary>
internal sealed class EventStream(EnviroSampler sampler, AgentStatus status, AgentOptions options, TimeProvider timeProvider)
{
    /// <summary>More listeners than this are told to come back; each costs memory and a write per reading.</summary>
    private const int MaximumListeners = 64;

    /// <summary>How many readings a slow listener may be behind before it misses the oldest of them.</summary>
    private const int ListenerCapacity = 8;

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
        var stream = sampler.Subscribe(ListenerCapacity);
        var readings = stream.GetAsyncEnumerator(cancellationToken);
        var next = readings.MoveNextAsync().AsTask();
        try
        {
            yield return StatusEvent();
            var statusSent = timeProvider.GetTimestamp();
            while (true)
            {
                var untilStatus = StatusInterval - timeProvider.GetElapsedTime(statusSent);
                if (untilStatus <= TimeSpan.Zero)
                {
                    yield return StatusEvent();
                    statusSent = timeProvider.GetTimestamp();
                }
                else if (await EndsWithinAsync(next, untilStatus, cancellationToken))
                {
                    if (!await next)
                    {
                        yield break;
                    }

                    yield return ReadingEvent();
                    next = readings.MoveNextAsync().AsTask();
                }
            }
        }
        finally
        {
            // Lets what still waits end, which an enumerator needs before it can.
            stream.Dispose();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await readings.DisposeAsync();
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async ValueTask<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, timeProvider, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>All sensors as of now: the reading that was just taken may have some of them only.</summary>
    private SseItem<string> ReadingEvent()
    {
        sampler.TryGetLatest(out var latest, out var age);
        return new(JsonSerializer.Serialize(ReadingDocument.From(latest, age, options), AgentJsonContext.Default.ReadingDocument), "reading");
    }

    private SseItem<string> StatusEvent() => new(JsonSerializer.Serialize(status.Get(), AgentJsonContext.Default.StatusDocument), "status");
}
