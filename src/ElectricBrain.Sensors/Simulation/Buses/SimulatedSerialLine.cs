namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>A serial line from a simulated sensor to the program, with the port's buffer and with faults on request.</summary>
public sealed class SimulatedSerialLine
{
    /// <summary>What the kernel's terminal layer keeps; what comes while it is full is lost.</summary>
    private const int BufferLength = 4095;

    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly Action _advance;
    private readonly Action<ReadOnlySpan<byte>> _receive;
    private readonly Func<TimeSpan?> _untilNext;
    private readonly Queue<byte> _buffer = new();
    private TaskCompletionSource? _waiter;
    private int _openStreams;
    private int _framesToTear;
    private int _framesToCorrupt;

    internal SimulatedSerialLine(TimeProvider timeProvider, Random random, Action advance, Action<ReadOnlySpan<byte>> receive, Func<TimeSpan?> untilNext)
    {
        _timeProvider = timeProvider;
        _random = random;
        _advance = advance;
        _receive = receive;
        _untilNext = untilNext;
    }

    /// <summary>Held while the line or the sensor at its other end changes.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Whether the port exists: one that does not can be neither opened nor used.</summary>
    public bool IsConnected
    {
        get;
        set
        {
            field = value;
            Wake();
        }
    } = true;

    /// <summary>Whether the wire to the program is broken.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the program has the port open.</summary>
    public bool IsOpen => Volatile.Read(ref _openStreams) > 0;

    /// <summary>Bytes that have arrived and not been read.</summary>
    public int UnreadBytes
    {
        get
        {
            lock (Gate)
            {
                _advance();
                return _buffer.Count;
            }
        }
    }

    /// <summary>Whether the program waits for bytes.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (Gate)
            {
                return _waiter is not null;
            }
        }
    }

    /// <summary>Cuts the next frames off at a random byte.</summary>
    public void TearNext(int frames = 1) => _framesToTear = frames;

    /// <summary>Flips a random bit of each of the next frames.</summary>
    public void CorruptNext(int frames = 1) => _framesToCorrupt = frames;

    /// <summary>Sends random bytes.</summary>
    public void SendGarbage(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        lock (Gate)
        {
            _advance();
            Send(bytes);
        }

        Wake();
    }

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port does not exist.</exception>
    public Stream Open()
    {
        ThrowIfGone();
        Interlocked.Increment(ref _openStreams);
        return new SimulatedSerialStream(this);
    }

    internal void Close()
    {
        Interlocked.Decrement(ref _openStreams);
        Wake();
    }

    /// <summary>Sends a frame, as far as the faults let it through. The caller holds <see cref="Gate"/>.</summary>
    internal void SendFrame(ReadOnlySpan<byte> frame)
    {
        Span<byte> sent = stackalloc byte[frame.Length];
        frame.CopyTo(sent);
        if (_framesToCorrupt > 0)
        {
            _framesToCorrupt--;
            sent[_random.Next(sent.Length)] ^= (byte)(1 << _random.Next(8));
        }

        if (_framesToTear > 0)
        {
            _framesToTear--;
            sent = sent[.._random.Next(sent.Length)];
        }

        Send(sent);
    }

    /// <summary>Lets a waiting reader look again.</summary>
    internal void Wake()
    {
        TaskCompletionSource? waiter;
        lock (Gate)
        {
            (waiter, _waiter) = (_waiter, null);
        }

        waiter?.TrySetResult();
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            ThrowIfGone();
            _advance();
            _receive(bytes);
        }

        Wake();
    }

    /// <summary>What has arrived, or null and something that tells when to look again.</summary>
    internal int? TryRead(Span<byte> bytes, out Task arrival)
    {
        lock (Gate)
        {
            ThrowIfGone();
            _advance();
            arrival = Task.CompletedTask;
            if (_buffer.Count == 0)
            {
                _waiter = new TaskCompletionSource();
                arrival = _waiter.Task;
                return null;
            }

            var count = Math.Min(bytes.Length, _buffer.Count);
            for (var i = 0; i < count; i++)
            {
                bytes[i] = _buffer.Dequeue();
            }

            return count;
        }
    }

    /// <summary>A timer that wakes the reader when the sensor sends next.</summary>
    internal ITimer? StartTimer()
    {
        lock (Gate)
        {
            return _untilNext() is { } left ? _timeProvider.CreateTimer(_ => Wake(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan) : null;
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (!IsSilent && _buffer.Count < BufferLength)
            {
                _buffer.Enqueue(value);
            }
        }
    }

    private void ThrowIfGone()
    {
        if (!IsConnected)
        {
            throw new IOException("Input/output error.");
        }
    }
}
