namespace ElectricBrain.Telemetry.Delivery;

/// <summary>For how long a sink may block records before they are kept aside as late, so that newer ones can pass. All deliveries to a sink share it.</summary>
internal sealed class Patience(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Once it has ended, it is not begun again for each of the batches behind: a backlog for a blocked index would take an hour for each.
    private static readonly TimeSpan Impatience = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private long _since;
    private bool _hasEnded;

    /// <summary>The next batch is tried.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            if (!_hasEnded || time.GetElapsedTime(_since) >= Longest + Impatience)
            {
                _since = 0;
            }
        }
    }

    /// <summary>A record was blocked: the time runs, if it did not yet.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _since = _since == 0 ? time.GetTimestamp() : _since;
        }
    }

    /// <summary>Whether it is over.</summary>
    public bool IsOver()
    {
        lock (_gate)
        {
            return _hasEnded = _since != 0 && time.GetElapsedTime(_since) >= Longest;
        }
    }
}
