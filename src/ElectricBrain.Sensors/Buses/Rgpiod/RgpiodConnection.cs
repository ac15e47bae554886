using System.Globalization;
using System.Net.Sockets;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// Requests to an rgpiod, one after the other on one TCP connection. One that breaks fails the request that
/// finds it broken, and the next request connects anew; where that fails, others fail at once until the time of the next attempt,
/// so that a host that is away never blocks its users for long. Blocking calls are bounded by the two time-outs; looking up a
/// name by those of the system's resolver.
/// </summary>
internal sealed class RgpiodConnection : IDisposable
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastBackOff = TimeSpan.FromSeconds(30);

    private readonly string _host;
    private readonly int _port;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeSpan _transferTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RgpiodMessage _askVersion = RgpiodMessage.Of(RgpiodCommand.Version, []);
    private RgpiodSocket? _socket;
    private SensorException? _refusal;
    private long _refusedAt;
    private TimeSpan _backOff;
    private bool _disposed;

    public RgpiodConnection(string host, int port, TimeSpan connectTimeout, TimeSpan transferTimeout, TimeProvider timeProvider)
    {
        _host = host;
        _port = port;
        _connectTimeout = connectTimeout;
        _transferTimeout = transferTimeout;
        _timeProvider = timeProvider;
        Name = string.Create(CultureInfo.InvariantCulture, $"rgpiod at {(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
    }

    /// <summary>The most bytes of a reply, and of what follows a request's arguments: a buffer of the kernel's SPI driver.</summary>
    public static int MaximumBytes => 4096;

    public string Name { get; }

    /// <summary>Connects where that is needed, and opens what is not open.</summary>
    /// <exception cref="SensorException">rgpiod cannot be reached, or cannot open it.</exception>
    public void Open(RgpiodHandle handle)
    {
        _gate.Wait();
        try
        {
            Prepare(handle);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            Break(exception);
            OpenAnew(handle);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>As <see cref="Exchange"/>, for users who know no other errors than those of sensors.</summary>
    /// <exception cref="SensorException">rgpiod cannot be reached, the connection is found broken, or the handle cannot be opened.</exception>
    public int Query(RgpiodHandle handle, RgpiodMessage request, Span<byte> reply, out int replyLength)
    {
        try
        {
            return Exchange(handle, request, reply, out replyLength);
        }
        catch (IOException exception) when (exception is not SensorException)
        {
            throw RgpiodFailure.Gone(exception);
        }
    }

    /// <summary>Sends a request that names a handle, and waits for its reply.</summary>
    /// <param name="handle">What the request is about; its number is set in the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="reply">Room for the most bytes that the reply may have.</param>
    /// <param name="replyLength">How many it has.</param>
    /// <returns>The status: negative is an error.</returns>
    /// <exception cref="SensorException">rgpiod cannot be reached, or the handle cannot be opened.</exception>
    /// <exception cref="IOException">The connection is found broken.</exception>
    public int Exchange(RgpiodHandle handle, RgpiodMessage request, Span<byte> reply, out int replyLength)
    {
        _gate.Wait();
        try
        {
            var socket = Prepare(handle);
            request.Handle = handle.Number;
            return Seen(handle, socket.Exchange(request, reply, out replyLength));
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Break(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>As <see cref="Exchange"/>. Cancelling ends the wait for others; a request that is under way ends with its reply or the time-out.</summary>
    public async ValueTask<(int Status, int ReplyLength)> ExchangeAsync(RgpiodHandle handle, RgpiodMessage request, Memory<byte> reply, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Connecting is rare, and blocks.
            var socket = _socket is { } open && handle.IsOpenOn(open) ? open : await Task.Run(() => Prepare(handle), CancellationToken.None).ConfigureAwait(false);
            request.Handle = handle.Number;
            var (status, replyLength) = await socket.ExchangeAsync(request, reply).ConfigureAwait(false);
            return (Seen(handle, status), replyLength);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Break(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes what is open; on a broken connection it is closed anyway.</summary>
    public void Close(RgpiodHandle handle)
    {
        _gate.Wait();
        try
        {
            if (_socket is { } socket && handle.IsOpenOn(socket))
            {
                handle.Close(socket);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            Break(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The error for a reply that does not follow the protocol though it looks like one.</summary>
    public SensorException Unexpected(RgpiodCommand command, int status, int replyLength) =>
        new(SensorFault.InvalidData, $"{Name} answers {command} with status {status} and {replyLength} bytes, which no version of it should.");

    public void Dispose()
    {
        _gate.Wait();
        try
        {
            _disposed = true;
            _socket?.Dispose();
            _socket = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void OpenAnew(RgpiodHandle handle)
    {
        try
        {
            Prepare(handle);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw RgpiodFailure.Gone(Break(exception));
        }
    }

    private RgpiodSocket Prepare(RgpiodHandle handle)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var socket = _socket ?? Connect();
        if (!handle.IsOpenOn(socket))
        {
            handle.Open(socket);
        }

        return socket;
    }

    private RgpiodSocket Connect()
    {
        if (_refusal is not null && _timeProvider.GetElapsedTime(_refusedAt) < _backOff)
        {
            throw new SensorException(_refusal.Fault, _refusal.Message, innerException: _refusal);
        }

        RgpiodSocket? socket = null;
        try
        {
            socket = RgpiodSocket.Connect(_host, _port, _connectTimeout, _transferTimeout, MaximumBytes, _timeProvider);
            if (socket.Exchange(_askVersion, [], out _) < 0)
            {
                throw new InvalidDataException("it does not know its own version");
            }

            _refusal = null;
            return _socket = socket;
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            _backOff = _refusal is null ? FirstBackOff : TimeSpan.FromTicks(Math.Min(2 * _backOff.Ticks, LastBackOff.Ticks));
            _refusal = RgpiodFailure.Unreachable(Name, _host, isConnected: socket is not null, exception);
            _refusedAt = _timeProvider.GetTimestamp();
            socket?.Dispose();
            throw _refusal;
        }
    }

    private static int Seen(RgpiodHandle handle, int status)
    {
        if (status == RgpiodStatus.BadHandle)
        {
            handle.Forget();
        }

        return status;
    }

    private IOException Break(Exception exception)
    {
        _socket?.Dispose();
        _socket = null;
        return RgpiodFailure.Broken(Name, exception);
    }

    /// <summary>The watchdog of a connection attempt closes the socket, and can be late to be called off.</summary>
    private bool IsBroken(Exception exception) => exception is SocketException or InvalidDataException || (exception is ObjectDisposedException && !_disposed);
}
