using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>
/// The serial line to one sensor: reads it all the time, since what lies in the port's buffer has no age, and keeps the latest
/// frame with the instant it arrived.
/// </summary>
internal sealed class Pms5003Link : IDisposable
{
    private readonly Stream _stream;
    private readonly string _port;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly Pms5003Parser _parser = new();
    private readonly Lock _lock = new();
    private Pms5003Frame _frame;
    private long _frameAt;
    private bool _hasFrame;
    private bool _hasStrayBytes;
    private SensorException? _failure;
    private Predicate<Pms5003Message>? _isReply;
    private TaskCompletionSource? _reply;

    public Pms5003Link(Stream stream, string port, TimeProvider timeProvider)
    {
        _stream = stream;
        _port = port;
        _timeProvider = timeProvider;
        _frameAt = timeProvider.GetTimestamp();
        _ = PumpAsync(_stop.Token);
    }

    /// <summary>The latest frame; null when there is none since the link was opened or <see cref="Forget"/> was called.</summary>
    /// <param name="maximumAge">How long the line may be without a frame.</param>
    /// <exception cref="SensorException">The port has failed, or no frame has come for too long.</exception>
    public Pms5003Frame? Latest(TimeSpan maximumAge)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            return _timeProvider.GetElapsedTime(_frameAt) <= maximumAge ? _hasFrame ? _frame : null : throw Silence();
        }
    }

    /// <summary>Drops the latest frame; the age counts from now on.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _hasFrame = _hasStrayBytes = false;
            _frameAt = _timeProvider.GetTimestamp();
        }
    }

    /// <exception cref="SensorException">The port has failed.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsPortFailure(exception))
        {
            throw Failure(exception);
        }
    }

    /// <summary>Sends a command and waits for its reply.</summary>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="SensorException">The port has failed.</exception>
    public async ValueTask<bool> ExchangeAsync(ReadOnlyMemory<byte> command, Predicate<Pms5003Message> isReply, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            (_isReply, _reply) = (isReply, reply);
        }

        try
        {
            await SendAsync(command, cancellationToken).ConfigureAwait(false);
            await reply.Task.WaitAsync(timeout, _timeProvider, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_lock)
            {
                (_isReply, _reply) = (null, null);
            }
        }
    }

    /// <summary>Sends a last command, as far as the port takes it.</summary>
    public void Rest(ReadOnlyMemory<byte> command)
    {
        try
        {
            if (!command.IsEmpty)
            {
                _stream.Write(command.Span);
            }
        }
        catch (Exception exception) when (IsPortFailure(exception))
        {
            // A sensor that is gone needs no sleep.
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stream.Dispose();
        _stop.Dispose();
    }

    /// <summary>The exception for a line that says nothing, or nothing intact.</summary>
    public SensorException Silence() => _hasStrayBytes
        ? Fault(SensorFault.InvalidData, "sends bytes, but no intact frame. Check that no console is on the port ('sudo raspi-config nonint do_serial_cons 1', then reboot) and that it has 9600 baud.")
        : Fault(SensorFault.NoAnswer, "sends nothing. Check its cable, that it is switched on, and that the port is the one of its pins (overlay pi3-miniuart-bt).");

    public SensorException Fault(SensorFault fault, string what, Exception? innerException = null) =>
        new(fault, $"PMS5003 at {_port} {what}", innerException: innerException);

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[2 * Pms5003Parser.FrameLength];
        try
        {
            while (true)
            {
                var count = await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new EndOfStreamException("the port was closed");
                }

                Take(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            Fail(Failure(exception));
        }
        catch (Exception exception) when (IsPortFailure(exception))
        {
            Fail(Failure(exception));
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var skipped = _parser.SkippedBytes;
        lock (_lock)
        {
            _hasStrayBytes = true;
            while (_parser.TryRead(ref bytes, out var message))
            {
                if (message.Frame is { } frame)
                {
                    _frame = frame;
                    _frameAt = _timeProvider.GetTimestamp();
                    _hasFrame = true;
                    _hasStrayBytes = false;
                }

                if (_isReply?.Invoke(message) == true)
                {
                    _reply?.TrySetResult();
                }
            }
        }

        if (_parser.SkippedBytes > skipped)
        {
            SensorMetrics.SkippedBytes.Add(_parser.SkippedBytes - skipped, new KeyValuePair<string, object?>("sensor", "PMS5003"));
        }
    }

    private void Fail(SensorException failure)
    {
        lock (_lock)
        {
            _failure = failure;
            _reply?.TrySetException(failure);
        }
    }

    private SensorException Failure(Exception exception) =>
        Fault(SensorFault.NoAnswer, $"cannot be read: {exception.Message.TrimEnd('.')}. Check that the port is still there; it is opened again.", exception);

    private static bool IsPortFailure(Exception exception) =>
        exception is IOException or TimeoutException or InvalidOperationException or UnauthorizedAccessException or NotSupportedException;
}
