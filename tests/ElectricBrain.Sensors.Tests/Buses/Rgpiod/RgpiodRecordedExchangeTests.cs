using System.Text;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>
/// Exchanges recorded from rgpiod 0.2.2 itself, on a machine without buses and with a file and a pseudo-terminal: what we send
/// is what it understood, and what the server of these tests answers is what it answered.
/// </summary>
public sealed class RgpiodRecordedExchangeTests
{
    private const string Port = "/dev/pts/0";

    /// <summary>What is asked, the bytes of the request, the bytes of the reply.</summary>
    public static TheoryData<string, string, string> Exchanges => new()
    {
        { "version", "6d64676c000000008c00000000000000", "00020200000000008c00000000000000" },
        { "i2c open, no bus", "6d64676c0c0000002800000003000000010000007600000000000000", "e3ffffff000000002800000003000000" },
        { "i2c segments, no handle", "6d64676c0a0000003900000001000000050000000501f7040800", "fbffffff000000003900000001000000" },
        { "spi open, no device", "6d64676c10000000640000000400000000000000010000008096980000000000", "e4ffffff000000006400000004000000" },
        { "spi transfer, no handle", "6d64676c050000006800000001000000030000002a", "fbffffff000000006800000001000000" },
        { "chip open, no chip", "6d64676c040000000a0000000100000000000000", "b2ffffff000000000a00000001000000" },
        { "claim output, no handle", "6d64676c100000000d0000000400000003000000000000001800000001000000", "fbffffff000000000d00000004000000" },
        { "write pin, no handle", "6d64676c0c0000001400000003000000030000001800000001000000", "fbffffff000000001400000003000000" },
        { "serial open, no speed", "6d64676c130000005a0000000200000039300000000000002f6465762f7074732f3000", "dbffffff000000005a00000002000000" },
        { "serial open, no port", "6d64676c150000005a0000000200000080250000000000002f6465762f73657269616c3000", "e5ffffff000000005a00000002000000" },
        { "serial open", "6d64676c130000005a0000000200000080250000000000002f6465762f7074732f3000", "00000000000000005a00000002000000" },
        { "serial read, nothing there", "6d64676c080000005e000000020000000000000040000000", "00000000000000005e00000002000000" },
        { "serial write nothing", "6d64676c040000005f0000000100000000000000", "d8ffffff000000005f00000001000000" },
        { "serial write", "6d64676c0b0000005f0000000100000000000000424de200000171", "00000000000000005f00000001000000" },
        { "file open", "6d64676c150000000100000001000000010000002f746d702f72672f72756e2f74656d7000", "01000000000000000100000001000000" },
        { "file read", "6d64676c0800000003000000020000000100000040000000", "0600000006000000030000000200000034373737340a" },
        { "file close", "6d64676c04000000020000000100000001000000", "00000000000000000200000001000000" },
        { "file close, no handle", "6d64676c04000000020000000100000001000000", "fbffffff000000000200000001000000" },
        { "file open, no file", "6d64676c2a0000000100000001000000010000002f7379732f636c6173732f746865726d616c2f746865726d616c5f7a6f6e65302f74656d7000", "c6ffffff000000000100000001000000" },
        { "file open, forbidden path", "6d64676c120000000100000001000000010000002f7379732f2e2e2f7379732f7800", "bdffffff000000000100000001000000" },
    };

    [Fact]
    public void ServerOfTheTests_Recorded_AnswersAsRgpiodDid()
    {
        var enviro = new SimulatedEnviro(EnviroScene.Constant(new EnviroConditions(21, 45, 101_325, 300, 10)));
        var board = new RgpiodBoard(enviro) { HasI2c = false, HasSpi = false, SerialPort = Port };
        board.Chips.Clear();
        board.Files.Clear();
        board.Files["/tmp/rg/run/temp"] = "47774\n";
        using var session = new RgpiodSession(board, []);

        foreach (var (name, request, reply) in Exchanges.Select(static row => row.Data))
        {
            var sent = Convert.FromHexString(request);
            var (status, extension) = session.Execute(sent[8], sent.AsSpan(16));

            byte[] answer = [.. BitConverter.GetBytes(status), .. BitConverter.GetBytes(extension.Length), .. sent.AsSpan(8, 8), .. extension];
            Assert.Equal((name, reply), (name, Convert.ToHexStringLower(answer)));
        }
    }

    [Theory]
    [InlineData("version", RgpiodCommand.Version, new int[0], null)]
    [InlineData("i2c open, no bus", RgpiodCommand.I2cOpen, new[] { 1, 0x76, 0 }, null)]
    [InlineData("spi open, no device", RgpiodCommand.SpiOpen, new[] { 0, 1, 10_000_000, 0 }, null)]
    [InlineData("chip open, no chip", RgpiodCommand.ChipOpen, new[] { 0 }, null)]
    [InlineData("claim output, no handle", RgpiodCommand.ClaimOutput, new[] { 3, 0, 24, 1 }, null)]
    [InlineData("write pin, no handle", RgpiodCommand.WritePin, new[] { 3, 24, 1 }, null)]
    [InlineData("serial open", RgpiodCommand.SerialOpen, new[] { 9_600, 0 }, Port + "\0")]
    [InlineData("serial read, nothing there", RgpiodCommand.SerialRead, new[] { 0, 64 }, null)]
    [InlineData("file read", RgpiodCommand.FileRead, new[] { 1, 64 }, null)]
    [InlineData("spi transfer, no handle", RgpiodCommand.SpiTransfer, new[] { 3 }, "*")]
    internal void Message_Recorded_IsWhatRgpiodUnderstood(string name, RgpiodCommand command, int[] arguments, string? bytes)
    {
        var message = RgpiodMessage.Of(command, arguments, Encoding.ASCII.GetBytes(bytes ?? ""));

        var (_, request, reply) = Exchanges.Single(row => row.Data.Item1 == name).Data;
        Assert.Equal(request, Convert.ToHexStringLower(message.Span));
        Assert.True(message.IsAnsweredBy(Convert.FromHexString(reply).AsSpan(0, RgpiodMessage.HeaderLength)));
    }
}
