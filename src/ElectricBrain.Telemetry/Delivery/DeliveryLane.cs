using System.Diagnostics.CodeAnalysis;
using ElectricBrain.Telemetry.Diagnostics;
using ElectricBrain.Telemetry.Sinks;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Telemetry.Delivery;

/// <summary>Takes one batch at a time to the sink, beside other lanes; used again for the next.</summary>
/// <param name="sink">The name of the destination.</param>
/// <param name="delivery">How a batch is delivered.</param>
/// <param name="delivered">Called after a batch was delivered.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class DeliveryLane(string sink, BatchDelivery delivery, Action delivered, TimeProvider time, ILogger logger)
{
    private volatile bool _isDelivered;

    /// <summary>The records; filled before the start, empty when delivered.</summary>
    public TelemetryBatch Batch { get; } = new();

    /// <summary>The position in the outbox that is passed once the batch is delivered.</summary>
    public long End { get; private set; }

    /// <summary>Whether the sink settled every record.</summary>
    public bool IsDelivered => _isDelivered;

    /// <summary>Ends with the delivery, or when cancelled.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Sends the batch off.</summary>
    public void Start(long end, CancellationToken cancellationToken)
    {
        End = end;
        _isDelivered = false;
        Completion = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nothing but the end of the pipeline ends a delivery; the failure is shown and logged.")]
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await delivery.RunAsync(Batch, cancellationToken).ConfigureAwait(false);
                Batch.Clear();
                _isDelivered = true;
                delivered();
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What the batch still holds is offered again.
                delivery.Report(SinkState.NeedsAttention, e.Message);
                logger.PumpFailed(e, sink);
                await Task.Delay(Backoff.Longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
