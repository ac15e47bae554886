using System.Globalization;
using System.Text;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// A serial port of another machine. rgpiod does not tell when bytes arrive: it is asked, often while they come and less often
/// while they do not. Its kernel keeps 4 kB meanwhile. Read it asynchronously. It has a connection of its own: a port that does
/// not take its bytes holds up nothing else.
/// </summary>
internal sealed class RgpiodSerialStream : SerialStream
{
    private const int MaximumBytes = 1024;

    /// <summary>At 9600 baud some 20 bytes.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);

    private readonly RgpiodConnection _connection;
    private readonly RgpiodHandle _handle;
    private readonly TimeProvider _timeProvider;
    private readonly RgpiodMessage _read = new(2 * sizeof(int));
    private readonly RgpiodMessage _write = new(sizeof(int) + MaximumBytes);
    private bool _closed;

    private RgpiodSerialStream(RgpiodConnection connection, string port, int baudRate, TimeProvider timeProvider)
    {
        _connection = connection;
        _timeProvider = timeProvider;

        // It takes the name up to a zero, whatever the size says.
        _handle = new RgpiodHandle(
            RgpiodMessage.Of(RgpiodCommand.SerialOpen, [baudRate, 0], Encoding.UTF8.GetBytes(port + '\0')),
            RgpiodCommand.SerialClose,
            status => RgpiodFailure.NotOpened(
                connection.Name,
                status,
                string.Create(CultureInfo.InvariantCulture, $"{port} at {baudRate} baud"),
                $"[serial] default={port}",
                "Enable the serial port without a console there ('sudo raspi-config nonint do_serial_hw 0', 'do_serial_cons 1', then reboot), and let rgpiod's user open it (group 'dialout')."));
    }

    public override bool CanRead => !_closed;

    public override bool CanWrite => !_closed;

    /// <param name="connection">To rgpiod. Disposed with the stream, also when opening fails.</param>
    /// <param name="port">The port there.</param>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="Diagnostics.SensorException">rgpiod cannot be reached, or it cannot open the port.</exception>
    public static RgpiodSerialStream Open(RgpiodConnection connection, string port, int baudRate, TimeProvider timeProvider)
    {
        var stream = new RgpiodSerialStream(connection, port, baudRate, timeProvider);
        try
        {
            connection.Open(stream._handle);
            return stream;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Waits until something has arrived.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        buffer = buffer[..Math.Min(buffer.Length, MaximumBytes)];
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? 2 * pause : LongestPause)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _read.Begin(RgpiodCommand.SerialRead, [buffer.Length]);
            var (status, length) = await _connection.ExchangeAsync(_handle, _read, buffer, cancellationToken).ConfigureAwait(false);
            if (status > 0)
            {
                return status == length ? length : throw _connection.Unexpected(RgpiodCommand.SerialRead, status, length);
            }

            if (status is not (0 or RgpiodStatus.SerialNoData))
            {
                throw Failed(status);
            }

            await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var left = buffer; !left.IsEmpty;)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var chunk = left[..Math.Min(left.Length, MaximumBytes)];
            chunk.Span.CopyTo(_write.Begin(RgpiodCommand.SerialWrite, [], chunk.Length));
            var (status, _) = await _connection.ExchangeAsync(_handle, _write, default, cancellationToken).ConfigureAwait(false);
            ThrowIfFailed(status);
            left = left[chunk.Length..];
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var left = buffer; !left.IsEmpty;)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var chunk = left[..Math.Min(left.Length, MaximumBytes)];
            chunk.CopyTo(_write.Begin(RgpiodCommand.SerialWrite, [], chunk.Length));
            ThrowIfFailed(_connection.Exchange(_handle, _write, [], out _));
            left = left[chunk.Length..];
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!_closed)
        {
            _closed = true;
            _connection.Close(_handle);
            _connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowIfFailed(int status)
    {
        if (status < 0)
        {
            throw Failed(status);
        }
    }

    private IOException Failed(int status) => new($"{_connection.Name}: {RgpiodStatus.Describe(status)}");
}
