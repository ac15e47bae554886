namespace ElectricBrain.Telemetry.Delivery;

/// <summary>The changing part of a sink's status: written by its pump and its deliveries, read by anyone.</summary>
internal sealed class SinkCounters(string name)
{
    private readonly Lock _gate = new();
    private SinkStatus _status = new() { Name = name };

    public SinkStatus Read()
    {
        lock (_gate)
        {
            return _status;
        }
    }

    /// <summary>Counts a failure. Returns whether the sink was in another state before.</summary>
    public bool Fail(SinkState state, string error, DateTimeOffset at)
    {
        lock (_gate)
        {
            var isNew = _status.State != state;
            _status = _status with { State = state, Retries = _status.Retries + 1, LastError = error, LastErrorAt = at };
            return isNew;
        }
    }

    public void Update(Func<SinkStatus, SinkStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
        }
    }
}
