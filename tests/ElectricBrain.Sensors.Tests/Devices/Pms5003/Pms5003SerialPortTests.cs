using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

/// <summary>The sensor on a real serial port of the kernel.</summary>
public sealed class Pms5003SerialPortTests
{
    private static readonly byte[] Frame = Convert.FromHexString("424d001c0005000d00160005000d001602fd00fc001d000f00060006970003c5");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_BytesOnAPseudoTerminal_GivesTheFrame()
    {
        using var terminal = new PseudoTerminal();
        using var sensor = Pms5003Sensor.OnSerialPort(terminal.Path, settings: new Pms5003Settings { WarmUp = TimeSpan.Zero });
        sensor.Identify();
        await sensor.InitializeAsync(Token);
        Assert.Equal("424DE400010174424DE100010171", Convert.ToHexString(terminal.Read(14)));

        // Bytes that a terminal in its usual mode would act upon: end of file, interrupt, carriage return, flow control, delete.
        terminal.Write([0x04, 0x03, 0x0D, 0x0A, 0x11, 0x13, 0x7F, 0x00, 0xFF, .. Frame.AsSpan(0, 20)]);
        terminal.Write(Frame.AsSpan(20));
        terminal.Write(Frame);

        Assert.Equal(new Pms5003Mass(5, 13, 22), (await ReadingAsync(sensor)).Atmospheric);
    }

    [Fact]
    public async Task MeasureAsync_Passive_ExchangesCommandsAndAnswers()
    {
        using var terminal = new PseudoTerminal();
        using var sensor = Pms5003Sensor.OnSerialPort(terminal.Path, settings: new Pms5003Settings { WarmUp = TimeSpan.Zero, Mode = Pms5003Mode.Passive });
        var device = Task.Run(
            () =>
            {
                Assert.Equal("424DE400010174", Convert.ToHexString(terminal.Read(7)));
                Assert.Equal("424DE100000170", Convert.ToHexString(terminal.Read(7)));
                terminal.Write(Convert.FromHexString("424d0004e1000174"));
                Assert.Equal("424DE200000171", Convert.ToHexString(terminal.Read(7)));
                terminal.Write(Frame);
            },
            Token);

        await sensor.InitializeAsync(Token);
        var reading = await sensor.MeasureAsync(Token);
        await device;

        Assert.Equal(765, reading!.Value.Counts.Above300Nanometres);
    }

    [Fact]
    public async Task MeasureAsync_OtherEndCloses_IsAFault()
    {
        var terminal = new PseudoTerminal();
        using var sensor = Pms5003Sensor.OnSerialPort(terminal.Path);
        await sensor.InitializeAsync(Token);
        terminal.Dispose();

        SensorException? fault = null;
        while (fault is null)
        {
            await Task.Delay(10, Token);
            fault = await Record.ExceptionAsync(async () => await sensor.MeasureAsync(Token)) as SensorException;
        }

        Assert.Equal(SensorFault.NoAnswer, fault.Fault);
    }

    private static async Task<Pms5003Reading> ReadingAsync(Pms5003Sensor sensor)
    {
        while (true)
        {
            if (await sensor.MeasureAsync(Token) is { } reading)
            {
                return reading;
            }

            await Task.Delay(10, Token);
        }
    }
}
