namespace ElectricBrain.Swarm.Simulation.Orchestration;

/// <summary>What is going to happen, in order of time. Each happening sees its own moment as now, however late it is looked at.</summary>
internal sealed class Timeline(TimeProvider clock, DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _due = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>How long it is until the next happening; null when there is none.</summary>
    public TimeSpan? UntilNext => _due.TryPeek(out _, out var next)
        ? TimeSpan.FromTicks(Math.Max(0, (next.At - clock.GetUtcNow()).Ticks))
        : null;

    public void After(TimeSpan delay, Action happening) => At(Now + delay, happening);

    public void At(DateTimeOffset moment, Action happening) =>
        _due.Enqueue(happening, (moment < Now ? Now : moment, _order++));

    /// <summary>Lets everything happen that is due, and calls <paramref name="settle"/> after each happening.</summary>
    public void CatchUp(Action settle)
    {
        var until = clock.GetUtcNow();
        while (_due.TryPeek(out var happening, out var next) && next.At <= until)
        {
            _due.Dequeue();
            Now = next.At > Now ? next.At : Now;
            happening();
            settle();
        }

        Now = until > Now ? until : Now;
    }
}
