using System.Device.I2c;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>What can go wrong on the way: every fault ends in an error that says what, and the next transfer works.</summary>
public sealed class RgpiodConnectionTests : IAsyncDisposable
{
    private const int ChipIdRegister = 0xD0;
    private const int ChipId = 0x60;
    private const int I2cZip = 57;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    private readonly RgpiodServer _server = new(new SimulatedEnviro(EnviroScene.Constant(new EnviroConditions(21, 45, 101_325, 300, 10))));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Transfer_ConnectionCutAtAnyByteOfTheReply_FailsOnceAndWorksAgain()
    {
        const int ReplyLength = 17;
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        Assert.Equal(ChipId, ReadChipId(device));
        for (var length = 0; length < ReplyLength; length++)
        {
            var cut = length;
            _server.OnReply = (command, reply) => command == I2cZip ? reply[..cut] : reply;
            _server.Send = async (client, reply) =>
            {
                await client.SendAsync(reply);
                client.Shutdown(SocketShutdown.Send);
            };
            Assert.Throws<IOException>(() => ReadChipId(device));

            _server.OnReply = static (_, reply) => reply;
            _server.Send = static async (client, reply) => await client.SendAsync(reply);
            Assert.Equal(ChipId, ReadChipId(device));
        }
    }

    [Fact]
    public async Task Transfer_ReplyInSingleBytes_IsPutTogether()
    {
        _server.Send = async (client, reply) =>
        {
            for (var i = 0; i < reply.Length; i++)
            {
                await client.SendAsync(reply.AsMemory(i, 1));
            }
        };
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);

        Assert.Equal(ChipId, ReadChipId(device));
        await Task.CompletedTask;
    }

    [Fact]
    public void Transfer_ReplyDripsForever_EndsWithTheTimeout()
    {
        // Each byte comes well within the time-out, all of them do not.
        using var header = _server.CreateHeader(timeout: Short);
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.Send = async (client, reply) =>
        {
            for (var i = 0; i < reply.Length; i++)
            {
                await Task.Delay(Short / 5);
                await client.SendAsync(reply.AsMemory(i, 1));
            }
        };

        var exception = Assert.Throws<IOException>(() => ReadChipId(device));

        Assert.EndsWith("did not answer in time; the next transfer connects again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_NoReply_EndsWithTheTimeout()
    {
        using var header = _server.CreateHeader(timeout: Short);
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.Send = static (_, _) => Task.CompletedTask;

        Assert.Throws<IOException>(() => ReadChipId(device));
    }

    [Theory]
    [InlineData(0x7FFF_FFFF)]
    [InlineData(-1)]
    [InlineData(9)]
    public void Transfer_ReplyLiesAboutItsSize_ReadsNoneOfIt(int size)
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.OnReply = (command, reply) => command == I2cZip ? [.. reply.AsSpan(0, 4), .. BitConverter.GetBytes(size), .. reply.AsSpan(8)] : reply;

        var exception = Assert.Throws<IOException>(() => ReadChipId(device));

        Assert.Contains($"broke the protocol: it announces {unchecked((uint)size)} bytes, where 1 were asked for", exception.Message, StringComparison.Ordinal);
        _server.OnReply = static (_, reply) => reply;
        Assert.Equal(ChipId, ReadChipId(device));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Transfer_StatusContradictsTheBytes_IsInvalid(int status)
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.OnReply = (command, reply) => command == I2cZip ? [.. BitConverter.GetBytes(status), .. reply.AsSpan(4)] : reply;

        Assert.Equal(SensorFault.InvalidData, Assert.Throws<SensorException>(() => ReadChipId(device)).Fault);
    }

    [Fact]
    public void Transfer_ReplyToAnotherRequest_IsNotTaken()
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.OnReply = static (command, reply) => command == I2cZip ? [.. reply.AsSpan(0, 8), 42, .. reply.AsSpan(9)] : reply;

        Assert.Contains("answers other than rgpiod does", Assert.Throws<IOException>(() => ReadChipId(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_MoreThanTheReply_IsNotTaken()
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.OnReply = static (command, reply) => command == I2cZip ? [.. reply, 1, 2, 3] : reply;

        Assert.Contains("sends more than the reply", Assert.Throws<IOException>(() => ReadChipId(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_HandleUnknown_IsOpenedAnew()
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        _server.OnReply = static (command, reply) => command == I2cZip ? [.. BitConverter.GetBytes(-5), 0, 0, 0, 0, .. reply.AsSpan(8, 8)] : reply;
        Assert.Throws<IOException>(() => ReadChipId(device));

        _server.OnReply = static (_, reply) => reply;
        Assert.Equal(ChipId, ReadChipId(device));
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Open_Refused_SaysWhatToStartAndWaitsLongerEachTime()
    {
        await _server.StopAsync();
        var clock = new FakeTimeProvider();
        using var header = _server.CreateHeader(clock);

        var exception = Assert.Throws<SensorException>(() => header.OpenI2c());
        Assert.Equal(SensorFault.Unreachable, exception.Fault);
        Assert.StartsWith($"rgpiod at 127.0.0.1:{_server.Port} refuses the connection. Start it there ('sudo systemctl enable --now rgpiod')", exception.Message, StringComparison.Ordinal);

        // It runs now, but is not asked before the time.
        _server.Start();
        Assert.Throws<SensorException>(() => header.OpenI2c());
        Assert.Equal(0, _server.Connections);
        clock.Advance(TimeSpan.FromSeconds(1));
        header.OpenI2c();
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public void Open_HostUnknown_SaysSo()
    {
        using var header = new RgpiodHeader(new RgpiodHeaderOptions { Host = "no-such-host.invalid" });

        var exception = Assert.Throws<SensorException>(() => header.OpenI2c());

        Assert.StartsWith("rgpiod at no-such-host.invalid:8889 cannot be found: no address is known for the host 'no-such-host.invalid'.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WebServer_IsNoRgpiod()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptSocketAsync();
            await client.ReceiveAsync(new byte[64]);
            await client.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        }, TestContext.Current.CancellationToken);
        using var header = new RgpiodHeader(new RgpiodHeaderOptions { Host = "127.0.0.1", Port = port });

        var exception = Assert.Throws<SensorException>(() => header.OpenI2c());

        await serving;
        Assert.StartsWith($"rgpiod at 127.0.0.1:{port} is none: it answers other than rgpiod does. Check host and port", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ClosedAtOnce_NamesTheListOfAddresses()
    {
        _server.OnReply = static (_, _) => null;
        using var header = _server.CreateHeader();

        var exception = Assert.Throws<SensorException>(() => header.OpenI2c());

        Assert.Contains("closes the connection at once. If rgpiod was started with -n ADDRESS, it must name this machine", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Silent_SaysSo()
    {
        _server.Send = static (_, _) => Task.CompletedTask;
        using var header = _server.CreateHeader(timeout: Short);

        Assert.Contains("accepts the connection and then is silent", Assert.Throws<SensorException>(() => header.OpenI2c()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoRoute_TimesOutOrIsUnreachable()
    {
        // TEST-NET-1 (RFC 5737) is nobody's.
        using var header = new RgpiodHeader(new RgpiodHeaderOptions { Host = "192.0.2.1", ConnectTimeout = Short });

        Assert.Equal(SensorFault.Unreachable, Assert.Throws<SensorException>(() => header.OpenI2c()).Fault);
    }

    [Fact]
    public async Task Transfer_ManyAtOnce_AreSerialised()
    {
        using var header = _server.CreateHeader();
        var bus = header.OpenI2c();
        var readers = Enumerable.Range(0, 8).Select(index => Task.Run(() =>
        {
            var (address, register, id) = index % 2 == 0 ? (0x76, ChipIdRegister, ChipId) : (0x23, 0x86, 0x92);
            using var device = bus.CreateDevice(address);
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(id, Read(device, register));
            }
        }));

        await Task.WhenAll(readers);

        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public void Transfer_SteadyState_AllocatesNothing()
    {
        using var header = _server.CreateHeader();
        using var device = header.OpenI2c().CreateDevice(0x76);
        ReadChipId(device);

        Assert.Equal(0, Allocations.FewestOf(() => ReadChipId(device)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pi zero")]
    public void Create_NoHost_Throws(string host) => Assert.Throws<ArgumentException>(() => new RgpiodHeader(new RgpiodHeaderOptions { Host = host }));

    [Fact]
    public void Create_OptionsOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgpiodHeader(new RgpiodHeaderOptions { Host = "pi", Port = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgpiodHeader(new RgpiodHeaderOptions { Host = "pi", I2cBus = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgpiodHeader(new RgpiodHeaderOptions { Host = "pi", TransferTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new RgpiodHeader(new RgpiodHeaderOptions { Host = "pi", SerialPort = "serial0" }));
    }

    [Fact]
    public void Name_AddressOfVersion6_IsInBrackets()
    {
        using var header = new RgpiodHeader(new RgpiodHeaderOptions { Host = "fd00::7" });

        Assert.Equal("rgpiod at [fd00::7]:8889", header.Name);
    }

    private static int ReadChipId(I2cDevice device) => Read(device, ChipIdRegister);

    private static int Read(I2cDevice device, int register)
    {
        Span<byte> value = stackalloc byte[1];
        device.WriteRead([(byte)register], value);
        return value[0];
    }
}
