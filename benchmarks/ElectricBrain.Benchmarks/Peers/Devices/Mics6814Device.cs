using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The MICS6814 behind the ADS1015: elements that are there, open and shorted.</summary>
internal sealed class Mics6814Device : PeerDevice
{
    private const string Resolution = "range 6.144 V throughout, a step of which is 3 mV; ours takes the range that suits the element, down to 0.125 mV a step";
    private const string Open = "an open element is at the supply of 3.3 V, where the quotient has no meaning; it is said to have 0 ohm";
    private const string AboveSupply = "no element gives more than the supply; the quotient is negative";
    private const string Shorted = "no element has 0 ohm, a short has";
    private const string Fields = "three times that of the ads1015";

    private readonly Mics6814Sensor _sensor;

    private Mics6814Device(Mics6814Sensor sensor, IReadOnlyList<PeerCase> cases)
        : base("enviroplus.gas", "three resistances")
    {
        _sensor = sensor;
        Cases = cases;
    }

    public override IReadOnlyList<PeerCase> Cases { get; }

    public override int SamplesARound => 20_000;

    public override int PeerSamplesARound => 50;

    public override void Sample() => _ = Measure(_sensor);

    public override void Dispose()
    {
        _sensor.Dispose();
        base.Dispose();
    }

    public static async Task<Mics6814Device> CreateAsync()
    {
        double[] clean = [Mics6814Divider.Volts(12_000), Mics6814Divider.Volts(330_000), Mics6814Divider.Volts(190_000), 0];
        return new Mics6814Device(await SensorAsync(new RecordedConversions(RecordedConversions.Record(clean))),
        [
            await CaseAsync("12,000, 330,000 and 190,000 ohm", clean, Resolution, Resolution, Resolution),
            await CaseAsync("800 ohm, open and shorted", [Mics6814Divider.Volts(800), Mics6814Divider.SupplyVolts, 0, 0], Resolution, Open, Shorted),
            await CaseAsync("12,000 ohm, 3.33 V and 3.36 V", [Mics6814Divider.Volts(12_000), 3.33, 3.36, 0], Resolution, AboveSupply, AboveSupply),
        ]);
    }

    private static async Task<PeerCase> CaseAsync(string name, double[] volts, string oxidising, string reducing, string ammonia)
    {
        var words = RecordedConversions.Record(volts);
        var chip = new RecordedConversions(words);
        using var sensor = await SensorAsync(chip);
        var before = chip.TransferCount;
        var reading = Measure(sensor);
        return new PeerCase(name, new { words },
        [
            new("oxidising, ohm", reading.Oxidising.Ohms, oxidising),
            new("reducing, ohm", reading.Reducing.Ohms, reducing),
            new("ammonia, ohm", reading.Ammonia.Ohms, ammonia),
            new(Transfers, chip.TransferCount - before, Fields),
        ]);
    }

    private static async Task<Mics6814Sensor> SensorAsync(RecordedConversions chip)
    {
        var clock = new JumpingClock();
        var sensor = new Mics6814Sensor(new Ads1015Converter(chip.OnBus(), timeProvider: clock), null, new Mics6814Settings { WarmUp = TimeSpan.Zero }, clock);
        await sensor.InitializeAsync();
        // The first reading finds the ranges.
        _ = Measure(sensor);
        return sensor;
    }

    private static Mics6814Reading Measure(Mics6814Sensor sensor) => Completed.Of(sensor.MeasureAsync());
}
