using System.Net;
using System.Net.Sockets;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// One TCP connection, on which a request is sent and its reply awaited. Both together take no longer than the time-out, however
/// slowly the bytes come. After an error the connection is unusable: nobody knows which reply would come next.
/// </summary>
internal sealed class RgpiodSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private readonly byte[] _received;
    private CancellationTokenSource _deadline;

    private RgpiodSocket(Socket socket, TimeSpan timeout, int maximumReply, TimeProvider timeProvider)
    {
        _socket = socket;
        _timeout = timeout;
        _timeProvider = timeProvider;
        _received = new byte[RgpiodMessage.HeaderLength + maximumReply];
        _deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
    }

    /// <exception cref="SocketException">The host is unknown, or none of its addresses can be connected to in time.</exception>
    public static RgpiodSocket Connect(string host, int port, TimeSpan connectTimeout, TimeSpan transferTimeout, int maximumReply, TimeProvider timeProvider)
    {
        var failure = new SocketException((int)SocketError.HostNotFound);
        var start = timeProvider.GetTimestamp();
        foreach (var address in Dns.GetHostAddresses(host))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                Connect(socket, new IPEndPoint(address, port), connectTimeout - timeProvider.GetElapsedTime(start));
                return new RgpiodSocket(socket, transferTimeout, maximumReply, timeProvider);
            }
            catch (SocketException exception)
            {
                failure = exception;
                socket.Dispose();
            }
        }

        throw failure;
    }

    /// <returns>The status of the reply.</returns>
    /// <param name="request">What to send.</param>
    /// <param name="reply">Filled with the bytes of the reply; it may be longer.</param>
    /// <param name="replyLength">How many bytes the reply has.</param>
    /// <exception cref="SocketException">The connection is broken, or the reply is late.</exception>
    /// <exception cref="InvalidDataException">The reply is none of rgpiod, or does not belong to the request.</exception>
    public int Exchange(RgpiodMessage request, Span<byte> reply, out int replyLength)
    {
        var start = _timeProvider.GetTimestamp();
        _socket.SendTimeout = Milliseconds(_timeout);
        for (var left = request.Span; !left.IsEmpty;)
        {
            left = left[ThrowIfFailed(_socket.Send(left, SocketFlags.None, out var error), error)..];
        }

        var count = 0;
        var total = RgpiodMessage.HeaderLength;
        while (count < total)
        {
            _socket.ReceiveTimeout = Milliseconds(Remaining(start));
            count += ThrowIfFailed(_socket.Receive(_received.AsSpan(count), SocketFlags.None, out var error), error);
            total = TotalOf(request, count, reply.Length);
        }

        return Take(count, total, reply, out replyLength);
    }

    /// <summary>As <see cref="Exchange"/>. It ends with the reply or the time-out, not before.</summary>
    public async ValueTask<(int Status, int ReplyLength)> ExchangeAsync(RgpiodMessage request, Memory<byte> reply)
    {
        _deadline.CancelAfter(_timeout);
        try
        {
            for (var left = request.Memory; !left.IsEmpty;)
            {
                left = left[await _socket.SendAsync(left, _deadline.Token).ConfigureAwait(false)..];
            }

            var count = 0;
            var total = RgpiodMessage.HeaderLength;
            while (count < total)
            {
                count += ThrowIfFailed(await _socket.ReceiveAsync(_received.AsMemory(count), _deadline.Token).ConfigureAwait(false), SocketError.Success);
                total = TotalOf(request, count, reply.Length);
            }

            var status = Take(count, total, reply.Span, out var replyLength);
            return (status, replyLength);
        }
        catch (OperationCanceledException)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
        finally
        {
            Rearm();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _deadline.Dispose();
    }

    /// <summary>
    /// A socket that was ever used without blocking allocates in each blocking call, so that a watchdog closes this one. The
    /// network knows no other clock than the system's.
    /// </summary>
    private static void Connect(Socket socket, IPEndPoint endPoint, TimeSpan timeout)
    {
        using var watchdog = TimeProvider.System.CreateTimer(static state => ((Socket)state!).Dispose(), socket, timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            socket.Connect(endPoint);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotConnected })
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    /// <summary>How long the reply is, once its header is there. A reply is never longer than what was asked for.</summary>
    private int TotalOf(RgpiodMessage request, int count, int maximum)
    {
        if (count < RgpiodMessage.HeaderLength)
        {
            return RgpiodMessage.HeaderLength;
        }

        var header = _received.AsSpan(0, RgpiodMessage.HeaderLength);
        if (!request.IsAnsweredBy(header))
        {
            throw new InvalidDataException("it answers other than rgpiod does");
        }

        var size = RgpiodMessage.SizeOf(header);
        return size <= maximum
            ? RgpiodMessage.HeaderLength + (int)size
            : throw new InvalidDataException($"it announces {size} bytes, where {maximum} were asked for");
    }

    private int Take(int count, int total, Span<byte> reply, out int replyLength)
    {
        if (count > total)
        {
            throw new InvalidDataException("it sends more than the reply");
        }

        _received.AsSpan(RgpiodMessage.HeaderLength, total - RgpiodMessage.HeaderLength).CopyTo(reply);
        replyLength = total - RgpiodMessage.HeaderLength;
        return RgpiodMessage.StatusOf(_received);
    }

    private TimeSpan Remaining(long start)
    {
        var remaining = _timeout - _timeProvider.GetElapsedTime(start);
        return remaining > TimeSpan.Zero ? remaining : throw new SocketException((int)SocketError.TimedOut);
    }

    private void Rearm()
    {
        if (!_deadline.TryReset())
        {
            _deadline.Dispose();
            _deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _timeProvider);
        }
    }

    /// <summary>A socket takes zero for no limit.</summary>
    private static int Milliseconds(TimeSpan time) => Math.Max(1, (int)time.TotalMilliseconds);

    private static int ThrowIfFailed(int count, SocketError error) => error switch
    {
        // A blocking socket that has waited long enough says this.
        SocketError.WouldBlock or SocketError.TryAgain => throw new SocketException((int)SocketError.TimedOut),
        not SocketError.Success => throw new SocketException((int)error),
        _ when count == 0 => throw new SocketException((int)SocketError.ConnectionReset),
        _ => count,
    };
}
