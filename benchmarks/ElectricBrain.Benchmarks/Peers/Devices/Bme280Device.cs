using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The BME280: calibrations with every sign, and registers that hold no measurement.</summary>
internal sealed class Bme280Device : PeerDevice
{
    private const string Factor = "humidity is multiplied by 1 + H3 / 2^26 (t_fine - 76800) once more than the datasheet's formulas do, integer and floating alike";
    private const string Sign = "the sign is applied as (r - 1) << 12, a slip of precedence";
    private const string Unsigned = "H3 is unsigned (datasheet, table 16); it is read as signed";
    private const string Unmeasured = "what the chip shows without a measurement is no value; the package's first reading is taken before there is one";
    private const string DeadBus = "all ones are a bus without a chip, not a value";
    private const string OutOfRange = "beyond the 85 °C that the chip measures up to; what is compensated with it is wrong too";
    private const string Forced = "they start a measurement each time; ours runs in normal mode, where a sample is one transfer";

    private static readonly Bme280Settings Normal = new() { Mode = Bme280Mode.Normal };
    private static readonly Bme280Calibration Typical = SimulatedBme280.TypicalCalibration;

    private readonly Bme280Sensor _sensor;

    private Bme280Device(string package, Bme280Sensor sensor, IReadOnlyList<PeerCase> cases)
        : base(package, "temperature, pressure and humidity")
    {
        _sensor = sensor;
        Cases = cases;
    }

    public override IReadOnlyList<PeerCase> Cases { get; }

    public override int SamplesARound => 50_000;

    public override int PeerSamplesARound => 500;

    public override void Sample() => _sensor.TryRead(out _);

    public override void Dispose()
    {
        _sensor.Dispose();
        base.Dispose();
    }

    public static async Task<Bme280Device> PimoroniAsync()
    {
        var typical = await RecordAsync(Typical);
        return new Bme280Device("pimoroni-bme280", await SensorAsync(typical),
        [
            await CaseAsync("a simulated chip", typical),
            await CaseAsync("a chip's registers, published", Published),
            await CaseAsync("H3 = 30", await RecordAsync(Typical with { H3 = 30 }), humidity: Factor),
            await CaseAsync("H4 = -100", await RecordAsync(Typical with { H4 = -100 }), humidity: Sign),
            await CaseAsync("H5 = -40", await RecordAsync(Typical with { H5 = -40 }), humidity: Sign),
            .. await UnmeasuredAsync(typical),
        ]);
    }

    public static async Task<Bme280Device> RpiAsync()
    {
        var typical = await RecordAsync(Typical);
        return new Bme280Device("RPi.bme280", await SensorAsync(typical),
        [
            await CaseAsync("a simulated chip", typical, transfers: Forced),
            await CaseAsync("H3 = 30, H4 = -100, H5 = -40", await RecordAsync(Typical with { H3 = 30, H4 = -100, H5 = -40 })),
            await CaseAsync("H3 = 200", await RecordAsync(Typical with { H3 = 200 }), humidity: Unsigned),
            .. await UnmeasuredAsync(typical),
        ]);
    }

    private static async Task<PeerCase[]> UnmeasuredAsync(byte[] typical)
    {
        var frame = Bme280Frame.Parse(typical.AsSpan(Bme280Registers.Data));
        return
        [
            await CaseAsync("after a reset", With(typical, new(Bme280Frame.Unmeasured20, Bme280Frame.Unmeasured20, Bme280Frame.Unmeasured16)), Unmeasured, Unmeasured, Unmeasured),
            await CaseAsync("all ones", With(typical, new(0xFFFFF, 0xFFFFF, 0xFFFF)), DeadBus, DeadBus, DeadBus),
            await CaseAsync("next to a fire", With(typical, frame with { Temperature = 750_000 }), OutOfRange, OutOfRange, OutOfRange),
        ];
    }

    private static byte[] Published
    {
        get
        {
            var image = new byte[256];
            image[Bme280Registers.Id] = Bme280Sensor.ChipId;
            Convert.FromHexString("3270D06832003A8E1BD6D00B152464FFF9FF0C3020D18813004B").CopyTo(image, Bme280Registers.Calibration1);
            Convert.FromHexString("4C01001920031E").CopyTo(image, Bme280Registers.Calibration2);
            Convert.FromHexString("4EBAC07FE3008E1A").CopyTo(image, Bme280Registers.Data);
            return image;
        }
    }

    private static async Task<PeerCase> CaseAsync(
        string name, byte[] image, string? temperature = null, string? pressure = null, string? humidity = null, string? transfers = null)
    {
        var chip = new RecordedBme280(image);
        using var sensor = new Bme280Sensor(chip.OnBus(), Normal, new JumpingClock());
        await sensor.InitializeAsync();
        // The first frame is read twice, to be sure of it.
        sensor.TryRead(out _);
        var before = chip.TransferCount;
        sensor.TryRead(out var reading);
        return new PeerCase(name, new { registers = Convert.ToHexString(image) },
        [
            new("temperature, °C", reading.TemperatureCelsius, temperature),
            new("pressure, Pa", reading.PressurePascals, pressure),
            new("humidity, %", reading.RelativeHumidityPercent, humidity),
            new(Transfers, chip.TransferCount - before, transfers),
        ]);
    }

    private static async Task<Bme280Sensor> SensorAsync(byte[] image)
    {
        var sensor = new Bme280Sensor(new RecordedBme280(image).OnBus(), Normal, new JumpingClock());
        await sensor.InitializeAsync();
        return sensor;
    }

    private static async Task<byte[]> RecordAsync(Bme280Calibration calibration)
    {
        var clock = new JumpingClock();
        var scene = EnviroScene.Constant(new EnviroConditions(21.5, 48, 100_930, 321, 123));
        var chip = new SimulatedBme280(scene, clock, Bme280Sensor.DefaultAddress, calibration);
        using var sensor = new Bme280Sensor(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), timeProvider: clock);
        await sensor.InitializeAsync();
        return RecordedRegisters.Record(chip);
    }

    private static byte[] With(byte[] image, Bme280Frame frame)
    {
        var changed = (byte[])image.Clone();
        frame.Format(changed.AsSpan(Bme280Registers.Data));
        return changed;
    }
}
