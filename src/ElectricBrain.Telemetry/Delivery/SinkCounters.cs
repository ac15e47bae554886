namespace ElectricBrain.Telemetry.Delivery;

/// <summary>The changing part of a sink's status: written by its pump, read by anyone.</summary>
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

    public void Update(Func<SinkStatus, SinkStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
        }
    }
}
