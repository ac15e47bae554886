using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The ADS1015: single-ended and differential, small and large ranges, and beyond them.</summary>
internal sealed class Ads1015Device : PeerDevice
{
    private const string Fields = "each field of the config is read and written on its own, and the range read back; ours writes the config once, polls, and reads the value twice and the config again to be sure";
    private const string Beyond = "the end of the range, where the voltage may be any beyond";

    private readonly Ads1015Converter _converter;

    private Ads1015Device(Ads1015Converter converter, IReadOnlyList<PeerCase> cases)
        : base("ads1015", "a voltage, finished at the first poll")
    {
        _converter = converter;
        Cases = cases;
    }

    public override IReadOnlyList<PeerCase> Cases { get; }

    public override int SamplesARound => 50_000;

    public override int PeerSamplesARound => 200;

    public override void Sample() => _ = Measure(_converter, Ads1015Input.Single0, Ads1015Range.Mv4096);

    public override void Dispose()
    {
        _converter.Dispose();
        base.Dispose();
    }

    public static async Task<Ads1015Device> CreateAsync()
    {
        var words = RecordedConversions.Record(1.65, 0.123, 3.25, 1.241);
        return new Ads1015Device(await ConverterAsync(new RecordedConversions(words)),
        [
            await CaseAsync("1.65 V, range 4.096 V", words, Ads1015Input.Single0, "in0/gnd", Ads1015Range.Mv4096),
            await CaseAsync("0.123 V, range 0.256 V", words, Ads1015Input.Single1, "in1/gnd", Ads1015Range.Mv256),
            await CaseAsync("3.25 V, range 6.144 V", words, Ads1015Input.Single2, "in2/gnd", Ads1015Range.Mv6144),
            await CaseAsync("0.123 V against 1.241 V, range 2.048 V", words, Ads1015Input.Differential13, "in1/in3", Ads1015Range.Mv2048),
            await CaseAsync("1.65 V, range 1.024 V", words, Ads1015Input.Single0, "in0/gnd", Ads1015Range.Mv1024, Beyond),
        ]);
    }

    private static async Task<PeerCase> CaseAsync(string name, ushort[] words, Ads1015Input input, string channel, Ads1015Range range, string? volts = null)
    {
        var chip = new RecordedConversions(words);
        using var converter = await ConverterAsync(chip);
        var before = chip.TransferCount;
        var reading = Measure(converter, input, range);
        return new PeerCase(name, new { words, channel, range = range.FullScaleVolts() },
        [
            new("voltage, V", reading.Volts, volts),
            new(Transfers, chip.TransferCount - before, Fields),
        ]);
    }

    private static async Task<Ads1015Converter> ConverterAsync(RecordedConversions chip)
    {
        var converter = new Ads1015Converter(chip.OnBus(), timeProvider: new JumpingClock());
        await converter.InitializeAsync();
        return converter;
    }

    private static Ads1015Reading Measure(Ads1015Converter converter, Ads1015Input input, Ads1015Range range) =>
        Completed.Of(converter.MeasureAsync(input, range));
}
