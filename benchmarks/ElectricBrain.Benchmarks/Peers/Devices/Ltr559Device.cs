using System.Buffers.Binary;
using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The LTR-559 with the peer's gain and integration time: each kind of light, and what the flags in its status mean.</summary>
internal sealed class Ltr559Device : PeerDevice
{
    private const string Separate = "status, proximity and light are read on their own; ours takes the first two at once, and the settings with the light";
    private const string Invalid = "bit 7 of the status says that the light is invalid; it is not looked at, and named the other way round";
    private const string OtherGain = "the light was measured with another gain, as the status says; the gain that was set last is assumed";
    private const string UndefinedGain = "a gain that the chip does not have is a torn status; the package fails";
    private const string Saturated = "a full channel says no more than that it is brighter";
    private const string Blinded = "the saturation flag says that ambient light blinds the sensor; it is not looked at";

    private static readonly Ltr559Settings Settings = new()
    {
        Gain = Ltr559Gain.X4,
        Integration = Ltr559Integration.Ms50,
        Repeat = Ltr559Repeat.Ms50,
        AutoRange = false,
    };

    private readonly Ltr559Sensor _sensor;

    private Ltr559Device(Ltr559Sensor sensor, IReadOnlyList<PeerCase> cases)
        : base("ltr559", "illuminance and proximity, both new")
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

    public static async Task<Ltr559Device> CreateAsync()
    {
        var daylight = await RecordAsync();
        return new Ltr559Device(await SensorAsync(new RecordedLtr559(daylight)),
        [
            await CaseAsync("a simulated chip, daylight", daylight),
            await CaseAsync("half of the light infrared", With(daylight, channel0: 700, channel1: 700)),
            await CaseAsync("seven tenths infrared", With(daylight, channel0: 300, channel1: 700)),
            await CaseAsync("infrared only", With(daylight, channel0: 10, channel1: 700)),
            await CaseAsync("darkness", With(daylight, channel0: 0, channel1: 0)),
            await CaseAsync("channel 0 full", With(daylight, channel0: 65_535, channel1: 20_000), lux: Saturated),
            await CaseAsync("light marked invalid", With(daylight, status: 0xA5), lux: Invalid),
            await CaseAsync("status of gain 8", With(daylight, status: 0x35), lux: OtherGain),
            await CaseAsync("status of gain code 4", With(daylight, status: 0x45), UndefinedGain, UndefinedGain),
            await CaseAsync("proximity saturated", With(daylight, proximityHigh: 0x87), proximity: Blinded),
        ]);
    }

    private static async Task<PeerCase> CaseAsync(string name, byte[] image, string? lux = null, string? proximity = null)
    {
        var chip = new RecordedLtr559(image);
        using var sensor = await SensorAsync(chip);
        // The first light is read twice, to be sure of it.
        sensor.TryRead(out _);
        var before = chip.TransferCount;
        sensor.TryRead(out var reading);
        return new PeerCase(name, new { registers = Convert.ToHexString(image) },
        [
            new("illuminance, lx", reading.IlluminanceLux, lux),
            new("proximity, counts", reading.ProximityCounts, proximity),
            new(Transfers, chip.TransferCount - before, Separate),
        ]);
    }

    private static async Task<Ltr559Sensor> SensorAsync(RecordedLtr559 chip)
    {
        var sensor = new Ltr559Sensor(chip.OnBus(), Settings, new JumpingClock());
        await sensor.InitializeAsync();
        return sensor;
    }

    private static async Task<byte[]> RecordAsync()
    {
        var clock = new JumpingClock();
        var chip = new SimulatedLtr559(EnviroScene.Constant(new EnviroConditions(21.5, 48, 100_930, 321, 123)), clock);
        using var sensor = new Ltr559Sensor(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), Settings, clock);
        await sensor.InitializeAsync();
        clock.Advance(TimeSpan.FromMilliseconds(200));
        // Reading the data takes the mark of new data away, the status behind them included.
        using var device = new SimulatedI2cBus(1, chip).CreateDevice(chip.Address);
        var status = new byte[1];
        device.WriteRead([Ltr559Registers.Status], status);
        var image = RecordedRegisters.Record(chip);
        image[Ltr559Registers.Status] = status[0];
        return image;
    }

    private static byte[] With(byte[] image, ushort? channel0 = null, ushort? channel1 = null, byte? status = null, byte? proximityHigh = null)
    {
        var changed = (byte[])image.Clone();
        var data = changed.AsSpan(Ltr559Registers.LightData);
        BinaryPrimitives.WriteUInt16LittleEndian(data, channel1 ?? BinaryPrimitives.ReadUInt16LittleEndian(data));
        BinaryPrimitives.WriteUInt16LittleEndian(data[2..], channel0 ?? BinaryPrimitives.ReadUInt16LittleEndian(data[2..]));
        changed[Ltr559Registers.Status] = status ?? changed[Ltr559Registers.Status];
        changed[Ltr559Registers.ProximityData + 1] = proximityHigh ?? changed[Ltr559Registers.ProximityData + 1];
        return changed;
    }
}
