using System.Threading.Channels;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>The readings as they are taken: the latest one, and a stream for each of any number of listeners.</summary>
internal sealed class ReadingFeed(TimeProvider timeProvider)
{
    /// <summary>How many readings a slow listener may be behind before it misses the oldest of them.</summary>
    private const int ListenerCapacity = 8;

    private readonly Lock _lock = new();
    private readonly List<Channel<EnviroReading>> _listeners = [];
    private EnviroReading _latest;
    private long _latestTimestamp;
    private bool _completed;

    /// <summary>How many readings have been taken.</summary>
    public long Count { get; private set; }

    /// <summary>Hands a reading to everyone who listens.</summary>
    public void Publish(in EnviroReading reading)
    {
        lock (_lock)
        {
            _latest = reading;
            _latestTimestamp = timeProvider.GetTimestamp();
            Count++;
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(reading);
            }
        }
    }

    /// <summary>The latest reading and how long ago it was taken; false before the first one.</summary>
    public bool TryGetLatest(out EnviroReading reading, out TimeSpan age)
    {
        lock (_lock)
        {
            reading = _latest;
            age = Count > 0 ? timeProvider.GetElapsedTime(_latestTimestamp) : default;
            return Count > 0;
        }
    }

    /// <summary>Starts a stream of the readings from now on. It ends when the agent stops.</summary>
    public ChannelReader<EnviroReading> Subscribe()
    {
        var listener = Channel.CreateBounded<EnviroReading>(new BoundedChannelOptions(ListenerCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (_completed)
            {
                listener.Writer.Complete();
            }
            else
            {
                _listeners.Add(listener);
            }
        }

        return listener.Reader;
    }

    /// <summary>Ends a stream that nobody reads any more.</summary>
    public void Unsubscribe(ChannelReader<EnviroReading> stream)
    {
        lock (_lock)
        {
            _listeners.RemoveAll(listener => listener.Reader == stream);
        }
    }

    /// <summary>Ends every stream.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            _listeners.ForEach(static listener => listener.Writer.TryComplete());
            _listeners.Clear();
        }
    }
}
