using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Simulation;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>An rgpiod for tests: listens on a free port of the loopback, and can be stopped, started again and made to misbehave.</summary>
internal sealed class RgpiodServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<object?> _handles = [];
    private readonly List<Socket> _clients = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting = Task.CompletedTask;

    public RgpiodServer(SimulatedEnviro enviro)
    {
        Board = new RgpiodBoard(enviro);
        Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public RgpiodBoard Board { get; }

    public int Port { get; }

    /// <summary>Changes a reply before it is sent; null closes the connection in its place.</summary>
    public Func<int, byte[], byte[]?> OnReply { get; set; } = static (_, reply) => reply;

    /// <summary>Sends a reply; by default at once.</summary>
    public Func<Socket, byte[], Task> Send { get; set; } = static async (client, reply) => await client.SendAsync(reply);

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>The commands of the requests so far.</summary>
    public List<int> Commands { get; } = [];

    /// <summary>Bytes of requests and replies so far.</summary>
    public (long Received, long Sent) Bytes { get; private set; }

    /// <summary>How many handles are open.</summary>
    public int OpenHandles
    {
        get
        {
            lock (_lock)
            {
                return _handles.Count(static handle => handle is not null);
            }
        }
    }

    public RgpiodHeader CreateHeader(TimeProvider? timeProvider = null, TimeSpan? timeout = null) => new(Options(timeout), timeProvider);

    public RgpiodHeaderOptions Options(TimeSpan? timeout = null) => new() { Host = "127.0.0.1", Port = Port, TransferTimeout = timeout ?? TimeSpan.FromSeconds(20) };

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Ends, with all connections and handles.</summary>
    public async Task StopAsync()
    {
        _listener.Dispose();
        Disconnect();
        await _accepting;
    }

    /// <summary>Resets every connection.</summary>
    public void Disconnect()
    {
        lock (_lock)
        {
            foreach (var client in _clients)
            {
                // Without lingering, it is a reset.
                client.Close(0);
            }

            _clients.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                client.NoDelay = true;
                lock (_lock)
                {
                    Connections++;
                    _clients.Add(client);
                }

                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var session = new RgpiodSession(Board, _handles);
        try
        {
            var header = new byte[16];
            while (await TryReadAsync(client, header))
            {
                // The daemon does not look at the magic number; a client must send it all the same.
                Assert.Equal(0x6C67646Du, BinaryPrimitives.ReadUInt32LittleEndian(header));
                var size = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
                Assert.InRange(size, 0, 65_519);
                var extension = new byte[size];
                if (!await TryReadAsync(client, extension))
                {
                    return;
                }

                var command = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
                byte[]? reply;
                lock (_lock)
                {
                    Commands.Add(command);
                    var (status, answer) = session.Execute(command, extension);
                    reply = [.. header, .. answer];
                    BinaryPrimitives.WriteInt32LittleEndian(reply, status);
                    BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(4), answer.Length);
                    Bytes = (Bytes.Received + header.Length + size, Bytes.Sent + reply.Length);
                    reply = OnReply(command, reply);
                }

                if (reply is null)
                {
                    return;
                }

                await Send(client, reply);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The client is gone.
        }
        finally
        {
            lock (_lock)
            {
                _clients.Remove(client);
            }

            client.Dispose();
        }
    }

    private static async Task<bool> TryReadAsync(Socket client, Memory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = await client.ReceiveAsync(bytes);
            if (count == 0)
            {
                return false;
            }

            bytes = bytes[count..];
        }

        return true;
    }
}
