using System.Device.Gpio;
using System.Device.Pwm;
using System.Device.Spi;
using CsCheck;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Devices.St7735;

public sealed class St7735DisplayTests : IDisposable
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly SimulatedGpio _pins = new();
    private readonly GpioController _gpio;
    private readonly SimulatedSt7735 _panel;

    public St7735DisplayTests()
    {
        _gpio = new GpioController(_pins);
        _panel = new SimulatedSt7735(_pins, _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _gpio.Dispose();

    [Fact]
    public async Task InitializeAsync_Bytes_AreThePublishedSequence()
    {
        var recorder = new RecordingSpi(_pins);
        using var display = new St7735Display(recorder, _gpio, timeProvider: _clock);

        await display.InitializeAsync(Token);

        // A command in the first column, its data behind it; 25,600 bytes of black close the setup.
        Assert.Equal(
            """
            01
            11
            B1 012C2D
            B2 012C2D
            B3 012C2D012C2D
            B4 07
            C0 A20284
            C1 0A00
            C3 8A2A
            C4 8AEE
            C5 0E
            E0 021C07123732292D29252B3900010310
            E1 031D07062E2C292D2E2E373F00000210
            21
            36 A8
            3A 05
            2A 000100A0
            2B 001A0069
            2C [25600]
            13
            29
            """,
            recorder.Log);
        Assert.Equal(TimeSpan.FromMilliseconds(150 + 500 + 100 + 100), _clock.Elapsed);
        Assert.All(recorder.Lengths, length => Assert.InRange(length, 1, 4096));
    }

    [Fact]
    public async Task InitializeAsync_Panel_ShowsBlackBeforeItIsLit()
    {
        using var display = Display();

        await display.InitializeAsync(Token);

        Assert.True(_panel.IsShowing);
        Assert.True(_pins.IsHigh(12));
        Assert.All(Glass(), pixel => Assert.Equal(Rgb565.Black, pixel));
    }

    [Theory]
    [InlineData(St7735Rotation.None)]
    [InlineData(St7735Rotation.Degrees90)]
    [InlineData(St7735Rotation.Degrees180)]
    [InlineData(St7735Rotation.Degrees270)]
    public async Task Show_Rotation_IsThePicturesOwnRotatedCounterClockwise(St7735Rotation rotation)
    {
        using var display = Display(new St7735Settings { Rotation = rotation });
        await display.InitializeAsync(Token);
        var frame = Noise(display, 1);

        display.Show(frame);

        // What numpy.rot90 does as often as the angle has right angles.
        var (width, height) = (frame.Width, frame.Height);
        for (var row = 0; row < 160; row++)
        {
            for (var column = 0; column < 80; column++)
            {
                var (x, y) = rotation switch
                {
                    St7735Rotation.None => (column, row),
                    St7735Rotation.Degrees90 => (width - 1 - row, column),
                    St7735Rotation.Degrees180 => (width - 1 - column, height - 1 - row),
                    _ => (row, height - 1 - column),
                };
                Assert.Equal(frame[x, y], _panel.PixelAt(column, row));
            }
        }
    }

    [Fact]
    public async Task Show_SamePicture_SendsNothing()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        display.Show(Noise(display, 1));
        var transfers = _panel.TransferCount;

        Assert.Equal(0, display.Show(Noise(display, 1)));

        Assert.Equal(transfers, _panel.TransferCount);
    }

    [Fact]
    public async Task Show_OnePixelChanged_SendsItsRowOnly()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var frame = display.CreateFrame();
        frame[17, 33] = Rgb565.White;
        var bytes = _panel.ByteCount;

        Assert.Equal(1, display.Show(frame));

        // The address of the row, the command to write, 160 pixels.
        Assert.Equal(1 + 4 + 1 + 320, _panel.ByteCount - bytes);
    }

    [Fact]
    public async Task Show_WholePicture_IsSentInFewTransfersOfTheBuffersSize()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var transfers = _panel.TransferCount;

        Assert.Equal(80, display.Show(Noise(display, 1)));

        // 25,600 bytes in pieces of 4,096, and the window.
        Assert.Equal(7 + 3, _panel.TransferCount - transfers);
    }

    [Fact]
    public async Task Show_AnyPictures_TheGlassIsAlwaysTheLast()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var shown = display.CreateFrame();

        Gen.Select(Gen.Int[0, 159], Gen.Int[0, 79], Gen.UShort).Array[0, 20].Sample(
            changes =>
            {
                foreach (var (x, y, value) in changes)
                {
                    shown[x, y] = new Rgb565(value);
                }

                display.Show(shown);
                Assert.True(IsShown(shown));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Show_AnyTransferFails_IsAFaultAndTheNextPictureIsWhole()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var before = Noise(display, 100);
        for (var after = 0; after < 10; after++)
        {
            display.Show(before);
            _panel.FailNext(after: after);
            var exception = Assert.Throws<SensorException>(() => display.Show(Noise(display, after)));
            Assert.Contains("ST7735 on SPI 0.1", exception.Message, StringComparison.Ordinal);

            // Some of the new rows may have arrived, so that the old picture is not what the panel shows.
            Assert.Equal(80, display.Show(before));
            Assert.True(IsShown(before));
        }
    }

    [Fact]
    public async Task Show_AfterInvalidate_SendsEveryRow()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var frame = Noise(display, 1);
        display.Show(frame);
        display.Invalidate();

        Assert.Equal(80, display.Show(frame));
        Assert.Equal(0, display.Show(frame));
    }

    [Fact]
    public async Task InitializeAsync_AfterThePanelLostItsSupply_ShowsAgain()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var frame = Noise(display, 1);
        display.Show(frame);
        _panel.PowerCycle();
        Assert.False(_panel.IsShowing);

        await display.InitializeAsync(Token);

        Assert.Equal(80, display.Show(frame));
        Assert.True(IsShown(frame));
        Assert.True(_panel.IsShowing);
    }

    [Fact]
    public async Task Show_OtherSizeOrNotInitialized_Throws()
    {
        using var display = Display();
        Assert.Throws<InvalidOperationException>(() => display.Show(display.CreateFrame()));
        await display.InitializeAsync(Token);

        Assert.Throws<ArgumentException>(() => display.Show(new FrameBuffer(80, 160)));
    }

    [Fact]
    public async Task Show_EveryFrame_AllocatesNothing()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        FrameBuffer[] frames = [Noise(display, 1), Noise(display, 2), display.CreateFrame()];
        ShowAll(display, frames);

        Assert.Equal(0, Allocations.FewestOf(() => ShowAll(display, frames)));
    }

    [Fact]
    public async Task SleepAsync_ThenWake_KeepsThePictureAndSwitchesTheBacklight()
    {
        using var display = Display();
        await display.InitializeAsync(Token);
        var frame = Noise(display, 1);
        display.Show(frame);

        await display.SleepAsync(Token);
        Assert.True(_panel.IsAsleep);
        Assert.False(_pins.IsHigh(12));

        await display.WakeAsync(Token);
        Assert.True(_panel.IsShowing);
        Assert.True(_pins.IsHigh(12));
        Assert.True(IsShown(frame));
    }

    [Fact]
    public async Task Brightness_PwmChannel_IsItsDutyCycle()
    {
        var pwm = new RecordingPwm();
        using var display = new St7735Display(_panel, _gpio, backlight: pwm, timeProvider: _clock);
        await display.InitializeAsync(Token);
        Assert.Equal((true, 1.0), (pwm.IsRunning, pwm.DutyCycle));

        display.Brightness = 0.25;
        Assert.Equal(0.25, pwm.DutyCycle);
        await display.SleepAsync(Token);
        Assert.Equal(0, pwm.DutyCycle);
        await display.WakeAsync(Token);
        Assert.Equal(0.25, pwm.DutyCycle);
        Assert.False(_pins.IsHigh(12));
    }

    [Fact]
    public async Task Brightness_Pin_IsOffAtZeroOnly()
    {
        using var display = Display();
        await display.InitializeAsync(Token);

        display.Brightness = 0;
        Assert.False(_pins.IsHigh(12));
        display.Brightness = 0.1;
        Assert.True(_pins.IsHigh(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => display.Brightness = 1.01);
        Assert.Throws<ArgumentOutOfRangeException>(() => display.Brightness = double.NaN);
    }

    [Fact]
    public async Task Dispose_Display_SwitchesOffAndFreesThePins()
    {
        var display = Display();
        await display.InitializeAsync(Token);

        display.Dispose();

        Assert.False(_panel.IsShowing);
        Assert.False(_pins.IsHigh(12));
        Assert.False(_pins.IsOutput(9));
    }

    [Fact]
    public async Task InitializeAsync_DataPinInUse_NamesIt()
    {
        _pins.BusyPin = 9;
        using var display = Display();

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await display.InitializeAsync(Token));

        Assert.Contains("GPIO9 (data/command of the ST7735)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoSuchBus_IsAFaultWithARemedy()
    {
        var exception = Assert.Throws<SensorException>(() => St7735Display.Open(_gpio, new St7735Settings { BusId = 77 }));

        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.Contains("/dev/spidev77.1 does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SettingsOutOfRange_AreNamed()
    {
        Assert.Contains("ClockHertz", Refused(new St7735Settings { ClockHertz = 16_000_000 }), StringComparison.Ordinal);
        Assert.Contains("MaximumTransferBytes", Refused(new St7735Settings { MaximumTransferBytes = 0 }), StringComparison.Ordinal);
        Assert.Contains("Rotation", Refused(new St7735Settings { Rotation = (St7735Rotation)9 }), StringComparison.Ordinal);
        Assert.Contains("BusId", Refused(new St7735Settings { BusId = -1 }), StringComparison.Ordinal);
    }

    private string Refused(St7735Settings settings) => Assert.Throws<ArgumentException>(() => Display(settings)).Message;

    private static void ShowAll(St7735Display display, FrameBuffer[] frames)
    {
        foreach (var frame in frames)
        {
            display.Show(frame);
        }
    }

    private static FrameBuffer Noise(St7735Display display, int seed)
    {
        var frame = display.CreateFrame();
        var random = new Random(seed);
        for (var y = 0; y < frame.Height; y++)
        {
            random.NextBytes(frame.Row(y));
        }

        return frame;
    }

    /// <summary>Whether the glass shows a picture that lies as on an Enviro.</summary>
    private bool IsShown(FrameBuffer frame) => Enumerable.Range(0, 160 * 80).All(i =>
        frame[i / 80, 79 - i % 80] == _panel.PixelAt(i % 80, i / 80));

    private IEnumerable<Rgb565> Glass() => Enumerable.Range(0, 160 * 80).Select(i => _panel.PixelAt(i % 80, i / 80));

    private St7735Display Display(St7735Settings? settings = null) => new(_panel, _gpio, settings, timeProvider: _clock);

    /// <summary>Writes down what is sent, a line for each command.</summary>
    private sealed class RecordingSpi(SimulatedGpio pins) : SpiDevice
    {
        private readonly List<(byte Command, List<byte> Data)> _commands = [];

        public List<int> Lengths { get; } = [];

        public string Log => string.Join('\n', _commands.Select(entry => entry.Data.Count switch
        {
            0 => $"{entry.Command:X2}",
            > 100 => $"{entry.Command:X2} [{entry.Data.Count}]",
            _ => $"{entry.Command:X2} {Convert.ToHexString(entry.Data.ToArray())}",
        }));

        public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 1);

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Lengths.Add(buffer.Length);
            foreach (var value in buffer)
            {
                if (pins.IsHigh(9))
                {
                    _commands[^1].Data.Add(value);
                }
                else
                {
                    _commands.Add((value, []));
                }
            }
        }

        public override void WriteByte(byte value) => Write([value]);

        public override void Read(Span<byte> buffer) => throw new NotSupportedException();

        public override byte ReadByte() => throw new NotSupportedException();

        public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();
    }

    private sealed class RecordingPwm : PwmChannel
    {
        public bool IsRunning { get; private set; }

        public override int Frequency { get; set; }

        public override double DutyCycle { get; set; }

        public override void Start() => IsRunning = true;

        public override void Stop() => IsRunning = false;
    }
}
