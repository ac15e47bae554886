using System.Text;
using ElectricBrain.Telemetry.Clock;
using ElectricBrain.Telemetry.Intake;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>What the pipeline is made of without its threads: a process that writes records under a board's clock.</summary>
internal sealed class RecordingAgent : IDisposable
{
    private readonly BoardClock _clock;
    private readonly ClockKeeper _keeper;
    private readonly RecordIntake _intake;
    private readonly OutboxLog _log;

    public RecordingAgent(UnreliableDisk disk, BoardClock clock, TimeSpan? patience = null)
    {
        _clock = clock;
        _keeper = new ClockKeeper(clock, clock, patience ?? TimeSpan.FromMinutes(15));
        _intake = new RecordIntake(_keeper);
        _log = OutboxLog.Open(disk, 128 << 10, 1L << 30, _intake.Remember, clock);
        _keeper.Begin(_log.Clock, _log.Start, _log.DurableSequence);
    }

    public ClockState State => _keeper.State;

    /// <summary>Writes a value, read a while ago or, where it is given, under the time that the clock had then.</summary>
    public void Write(double value, TelemetrySeries? series = null, DateTimeOffset? stamp = null)
    {
        using var write = _intake.Encode([new TelemetryRecord(series ?? Samples.Temperature, stamp ?? _clock.GetUtcNow(), value)]);
        _log.Commit(write.Frames.ToArray());
    }

    /// <summary>A write that did not come through.</summary>
    public void WriteInVain(double value)
    {
        using var write = _intake.Encode([new TelemetryRecord(Samples.Temperature, _clock.GetUtcNow(), value)]);
        _intake.Forget(write);
    }

    public bool Poll() => _keeper.Poll();

    /// <summary>Everything that can leave, from the start of the outbox on.</summary>
    public List<string> Read()
    {
        using var reader = _log.OpenReader(_log.Start);
        var batch = new TelemetryBatch();
        while (reader.Read(batch, int.MaxValue, int.MaxValue))
        {
        }

        batch.Offer(int.MaxValue);
        return Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i].Span)).ToList();
    }

    public void Dispose() => _log.Dispose();
}
