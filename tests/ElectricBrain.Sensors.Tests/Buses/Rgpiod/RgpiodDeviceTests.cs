using System.Device.Gpio;
using System.Device.Spi;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Scenes;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Buses.Rgpiod;

/// <summary>Each kind of device on its own: what goes over the wire, and what its errors say.</summary>
public sealed class RgpiodDeviceTests : IAsyncDisposable
{
    private readonly SimulatedEnviro _chips = new(EnviroScene.Constant(new EnviroConditions(21, 45, 101_325, 300, 10)));
    private readonly RgpiodServer _server;
    private readonly RgpiodHeader _header;

    public RgpiodDeviceTests()
    {
        _server = new RgpiodServer(_chips);
        _header = _server.CreateHeader();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _header.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void I2c_WriteThenRead_DoesAsTheBusDoes()
    {
        using var device = _header.OpenI2c().CreateDevice(0x76);
        Span<byte> values = stackalloc byte[2];

        device.Write([0xF4, 0x24]);
        device.Write([0xF4]);
        device.Read(values[..1]);
        Assert.Equal(0x24, values[0]);
        device.WriteRead([0xD0], values[..1]);
        Assert.Equal(0x60, values[0]);
        Assert.Equal((1, 0x76), (device.ConnectionSettings.BusId, device.ConnectionSettings.DeviceAddress));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(4_096)]
    public void I2c_LongRead_ArrivesWhole(int count)
    {
        using var device = _header.OpenI2c().CreateDevice(0x23);
        var values = new byte[count];

        device.WriteRead([0x86], values);

        Assert.Equal(0x92, values[0]);
    }

    [Fact]
    public void I2c_TooLongOrEmpty_Throws()
    {
        using var device = _header.OpenI2c().CreateDevice(0x76);

        Assert.Throws<ArgumentOutOfRangeException>(() => device.Write([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => device.Read(new byte[4_097]));
    }

    [Fact]
    public void I2c_AccessControl_NamesTheLineOfThePermitsFile()
    {
        _server.Board.Forbidden.Add(40);
        using var device = _header.OpenI2c().CreateDevice(0x76);

        var exception = Assert.Throws<SensorException>(() => device.Write([0xD0]));

        Assert.Equal(SensorFault.PermissionDenied, exception.Fault);
        Assert.EndsWith("may not open address 0x76 of /dev/i2c-1: it runs with access control (-x). Allow it in its 'permits' file ([i2c] default=1.*) and restart it.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spi_LongTransfers_GoInPiecesOfTheKernelsBuffer()
    {
        using var spi = _header.OpenSpi(new SpiConnectionSettings(0, 1) { ClockFrequency = 10_000_000 });
        var (commands, read) = (_server.Commands.Count, new byte[9_000]);

        spi.Write(new byte[4_096]);
        spi.Write(new byte[4_097]);
        spi.TransferFullDuplex(new byte[9_000], read);
        spi.Read(read);

        Assert.Equal([103, 103, 103, 104, 104, 104, 102, 102, 102], _server.Commands[commands..]);
        Assert.Equal(4_096 + 4_097 + 9_000 + 9_000, _chips.Display.ByteCount);
    }

    [Fact]
    public void Spi_TransferFails_IsAnErrorOfTheBus()
    {
        using var spi = _header.OpenSpi(new SpiConnectionSettings(0, 1));
        _chips.Display.FailNext();

        Assert.EndsWith("its kernel refuses the transfer (error -48)", Assert.Throws<IOException>(() => spi.WriteByte(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spi_Missing_SaysHowToEnableIt()
    {
        _server.Board.HasSpi = false;

        var exception = Assert.Throws<SensorException>(() => _header.OpenSpi(new SpiConnectionSettings(0, 1)));

        Assert.Contains("cannot open /dev/spidev0.1: the device is missing or forbidden (error -28). Enable SPI there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spi_SettingsThatItCannotHave_Throws() =>
        Assert.Throws<ArgumentException>(() => _header.OpenSpi(new SpiConnectionSettings(0, 1) { DataFlow = DataFlow.LsbFirst }));

    [Fact]
    public void Gpio_Output_HasItsLevelFromTheStart()
    {
        using var gpio = _header.OpenGpio();

        var pin = gpio.OpenPin(24, PinMode.Output, PinValue.High);
        Assert.True(_chips.Gpio.IsHigh(24));
        pin.Write(PinValue.Low);
        Assert.False(_chips.Gpio.IsHigh(24));
        Assert.Equal(PinValue.Low, pin.Read());
        gpio.SetPinMode(24, PinMode.Input);
        _chips.Gpio.Drive(24, high: true);
        Assert.Equal(PinValue.High, pin.Read());
        gpio.ClosePin(24);
        Assert.DoesNotContain(24, Enumerable.Range(0, 54).Where(_server.Board.Gpio.IsPinOpen));
    }

    [Fact]
    public void Gpio_ChipOfTheHeader_IsFoundByItsName()
    {
        _server.Board.Chips.Clear();
        _server.Board.Chips[0] = ("raspberrypi-exp-gpio", 8);
        _server.Board.Chips[13] = ("pinctrl-rp1", 54);

        using var gpio = _header.OpenGpio();

        Assert.Equal(54, gpio.PinCount);
    }

    [Fact]
    public void Gpio_NoChipOfAHeader_NamesThoseThatAreThere()
    {
        _server.Board.Chips[0] = ("raspberrypi-exp-gpio", 8);

        var exception = Assert.Throws<SensorException>(() => _header.OpenGpio());

        Assert.Contains("does not show the GPIO chip of a Raspberry Pi's header: found gpiochip0 [raspberrypi-exp-gpio] (8 lines)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpio_AccessControl_NamesTheLineOfThePermitsFile()
    {
        _server.Board.Forbidden.Add(10);

        var exception = Assert.Throws<SensorException>(() => _header.OpenGpio());

        Assert.Equal(SensorFault.PermissionDenied, exception.Fault);
        Assert.Contains("may not open /dev/gpiochip0: it runs with access control (-x). Allow it in its 'permits' file ([gpio] default=0.2-27)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpio_PinInUse_SaysSo()
    {
        _server.Board.BusyPin = 24;
        using var gpio = _header.OpenGpio();

        var exception = Assert.Throws<SensorException>(() => GpioOutput.Open(gpio, 24, PinValue.High, "heater"));

        Assert.EndsWith("cannot open GPIO24: another program holds the pin (error -79). Check there with 'gpioinfo' that nothing else holds it.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpio_ConnectionLost_IsSetAgainAndToldOnce()
    {
        using var gpio = _header.OpenGpio();
        var (heater, light) = (gpio.OpenPin(24, PinMode.Output, PinValue.High), gpio.OpenPin(12, PinMode.Output, PinValue.Low));

        _server.Disconnect();
        Assert.Throws<SensorException>(() => heater.Read());
        Assert.Throws<SensorException>(() => heater.Read());
        Assert.Equal(PinValue.High, heater.Read());
        Assert.True(_chips.Gpio.IsHigh(24));

        // Each pin tells its own user.
        Assert.Throws<SensorException>(() => light.Write(PinValue.High));
        Assert.True(_chips.Gpio.IsHigh(12));
        light.Write(PinValue.Low);
        Assert.False(_chips.Gpio.IsHigh(12));
    }

    [Fact]
    public async Task Serial_NothingThere_AsksLessAndLessOften()
    {
        var clock = new FakeTimeProvider();
        using var header = _server.CreateHeader(clock);
        await using var stream = header.OpenSerial(9_600);
        _chips.Pms5003.Line.IsSilent = true;
        int[] pauses = [20, 40, 80, 160, 160];

        var reading = stream.ReadAsync(new byte[32], Token).AsTask();
        var asked = 1;
        foreach (var pause in pauses)
        {
            await AskedAsync(asked++);
            clock.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(asked - 1, Asked());
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await AskedAsync(asked);
        Assert.False(reading.IsCompleted);
        _chips.Pms5003.Line.IsSilent = false;
        _chips.Pms5003.Line.SendGarbage(5);
        clock.Advance(TimeSpan.FromMilliseconds(160));
        Assert.Equal(5, await reading);
    }

    [Fact]
    public async Task Serial_Cancelled_EndsAndCanBeReadAgain()
    {
        var clock = new FakeTimeProvider();
        using var header = _server.CreateHeader(clock);
        await using var stream = header.OpenSerial(9_600);
        using var cancellation = new CancellationTokenSource();
        _chips.Pms5003.Line.IsSilent = true;

        var reading = stream.ReadAsync(new byte[32], cancellation.Token).AsTask();
        await AskedAsync(1);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Serial_Stalled_EndsWithTheTimeout()
    {
        using var header = _server.CreateHeader(timeout: TimeSpan.FromMilliseconds(150));
        await using var stream = header.OpenSerial(9_600);
        _server.Send = static (_, _) => Task.CompletedTask;

        var exception = await Assert.ThrowsAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[32], Token));

        Assert.Contains("did not answer in time", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serial_ConnectionLost_FailsOnceAndIsOpenedAgain()
    {
        await using var stream = _header.OpenSerial(9_600);
        _server.Disconnect();

        await Assert.ThrowsAsync<IOException>(async () => await stream.WriteAsync(new byte[] { 1 }, Token));
        await stream.WriteAsync(new byte[] { 1 }, Token);

        Assert.Equal(2, _server.Connections);
        Assert.True(_chips.Pms5003.Line.IsOpen);
    }

    [Fact]
    public async Task Serial_Written_ArrivesWhole()
    {
        await using var stream = _header.OpenSerial(9_600);
        var commands = _server.Commands.Count;

        await stream.WriteAsync(new byte[2_500], Token);
        stream.Write(new byte[3]);
        await stream.WriteAsync(ReadOnlyMemory<byte>.Empty, Token);

        Assert.Equal([95, 95, 95, 95], _server.Commands[commands..]);
    }

    [Fact]
    public void Serial_Missing_SaysHowToEnableIt()
    {
        _server.Board.SerialPort = "/dev/ttyS0";

        var exception = Assert.Throws<SensorException>(() => _header.OpenSerial(9_600));

        Assert.Contains("cannot open /dev/serial0 at 9600 baud: the port is missing or forbidden (error -27). Enable the serial port without a console there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CpuTemperature_FileThere_IsRead()
    {
        Assert.Equal(47.774, _header.ReadCpuTemperatureCelsius());
        _server.Board.Files["/sys/class/thermal/thermal_zone0/temp"] = "51012\n";
        Assert.Equal(51.012, _header.ReadCpuTemperatureCelsius());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CpuTemperature_MissingOrForbidden_IsNone(bool isForbidden)
    {
        if (isForbidden)
        {
            _server.Board.Forbidden.Add(1);
        }

        _server.Board.Files.Clear();
        Assert.Null(_header.ReadCpuTemperatureCelsius());
    }

    [Fact]
    public async Task CpuTemperature_Unreachable_Throws()
    {
        await _server.StopAsync();

        Assert.Equal(SensorFault.Unreachable, Assert.Throws<SensorException>(() => _header.ReadCpuTemperatureCelsius()).Fault);
    }

    [Theory]
    [InlineData(-4, "it has no room for another handle (error -4)")]
    [InlineData(-93, "its access control forbids it (error -93)")]
    [InlineData(-1234, "see its list of error codes (error -1234)")]
    public void Describe_Status_SaysWhatItMeans(int status, string text) => Assert.Equal(text, RgpiodStatus.Describe(status));

    private int Asked() => _server.Commands.Count(static command => command == 94);

    private async Task AskedAsync(int times)
    {
        while (Asked() < times)
        {
            await Task.Delay(1, Token);
        }

        // The reader still has to take the reply and start its pause.
        await Task.Delay(50, Token);
    }
}
