using System.Device.Gpio;
using System.Text.Json;
using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The LCD: three pictures, of which the second has one other row and the third none. The peer's bytes are shown on a simulated panel too.</summary>
internal sealed class St7735Device : PeerDevice
{
    private const int Width = 160;
    private const int Height = 80;
    private const int DataPin = 9;
    private const string Bytewise = "every picture is sent whole, with both sides of its window, each byte of which is a transfer";

    private static readonly byte[][] Pictures = [Picture(changedRow: null), Picture(changedRow: 40), Picture(changedRow: 40)];
    private static readonly string[] Names = ["the first picture", "one row changed", "nothing changed"];

    private readonly Panel _panel;
    private readonly FrameBuffer[] _frames;
    private int _turn;

    private St7735Device(Panel panel, IReadOnlyList<PeerCase> cases)
        : base("st7735", "a picture with one row changed, SPI excluded")
    {
        _panel = panel;
        _frames = [.. Pictures.Select(picture => Frame(panel.Display, picture))];
        Cases = cases;
    }

    public override IReadOnlyList<PeerCase> Cases { get; }

    public override int SamplesARound => 2_000;

    public override int PeerSamplesARound => 20;

    public override void Sample() => _panel.Display.Show(_frames[++_turn & 1]);

    public override void Dispose()
    {
        _panel.Dispose();
        base.Dispose();
    }

    public static async Task<St7735Device> CreateAsync()
    {
        using var panel = await Panel.StartAsync();
        var values = new List<PeerValue>();
        for (var i = 0; i < Pictures.Length; i++)
        {
            var (transfers, bytes) = (panel.Chip.TransferCount, panel.Chip.ByteCount);
            panel.Display.Show(Frame(panel.Display, Pictures[i]));
            values.Add(new PeerValue($"transfers {i}", panel.Chip.TransferCount - transfers, Bytewise));
            values.Add(new PeerValue($"bytes {i}", panel.Chip.ByteCount - bytes, Bytewise));
        }

        return new St7735Device(await Panel.StartAsync(), [new PeerCase("", new { pictures = Pictures.Select(Convert.ToBase64String) }, values)]);
    }

    public override async Task<IReadOnlyList<PeerResult>> CompareAsync(PythonPeer peer, CancellationToken cancellationToken)
    {
        var peerCase = Cases[0];
        using var reply = await peer.AskAsync(new { device = Package, @case = peerCase.Input }, cancellationToken);
        var results = new List<PeerResult>();
        using var ours = await Panel.StartAsync();
        using var theirs = new Panel();
        var logs = reply.RootElement.GetProperty("values").GetProperty("logs");
        theirs.Replay(logs[0]);
        for (var i = 0; i < Pictures.Length; i++)
        {
            ours.Display.Show(Frame(ours.Display, Pictures[i]));
            theirs.Replay(logs[i + 1]);
            results.Add(new PeerResult(Package, Names[i], new PeerValue("wrong pixels on the glass", 0), ours.PixelsUnlike(theirs), null));
            foreach (var value in peerCase.Values.Skip(2 * i).Take(2))
            {
                var result = PeerResult.Of(Package, Names[i], value, reply.RootElement);
                results.Add(result with { Value = value with { Quantity = value.Quantity.Split(' ')[0] } });
            }
        }

        return results;
    }

    private static byte[] Picture(int? changedRow)
    {
        var rgb = new byte[Width * Height * 3];
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            var (x, y) = (pixel % Width, pixel / Width);
            rgb[3 * pixel] = (byte)(x * 255 / Width);
            rgb[3 * pixel + 1] = (byte)(y == changedRow ? 255 : y * 255 / Height);
            rgb[3 * pixel + 2] = (byte)((x + y) * 7);
        }

        return rgb;
    }

    private static FrameBuffer Frame(St7735Display display, byte[] rgb)
    {
        var frame = display.CreateFrame();
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            frame[pixel % Width, pixel / Width] = Rgb565.FromRgb(rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]);
        }

        return frame;
    }

    /// <summary>A simulated panel, with our driver or with recorded transfers.</summary>
    private sealed class Panel : IDisposable
    {
        private readonly JumpingClock _clock = new();
        private readonly SimulatedGpio _pins = new();
        private readonly GpioController _gpio;

        public Panel()
        {
            Chip = new SimulatedSt7735(_pins, _clock);
            _gpio = new GpioController(_pins);
            Display = new St7735Display(Chip, _gpio, timeProvider: _clock);
        }

        public SimulatedSt7735 Chip { get; }

        public St7735Display Display { get; }

        public static async Task<Panel> StartAsync()
        {
            var panel = new Panel();
            await panel.Display.InitializeAsync();
            return panel;
        }

        /// <param name="log">Each the level of the data pin and the bytes, or 2 and the seconds of a wait.</param>
        public void Replay(JsonElement log)
        {
            foreach (var entry in log.EnumerateArray())
            {
                if (entry[0].GetInt32() == 2)
                {
                    _clock.Advance(TimeSpan.FromSeconds(entry[1].GetDouble()));
                    continue;
                }

                _pins.Drive(DataPin, entry[0].GetInt32() == 1);
                foreach (var chunk in Convert.FromHexString(entry[1].GetString()!).Chunk(4_096))
                {
                    Chip.Write(chunk);
                }
            }
        }

        public int PixelsUnlike(Panel other) =>
            Enumerable.Range(0, Width * Height).Count(pixel => Chip.PixelAt(pixel % Height, pixel / Height) != other.Chip.PixelAt(pixel % Height, pixel / Height));

        public void Dispose()
        {
            Display.Dispose();
            _gpio.Dispose();
        }
    }
}
