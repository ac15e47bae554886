using BenchmarkDotNet.Attributes;
using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What a voltage and a gas reading cost besides the bus: a conversion is finished as soon as it is asked for.</summary>
[MemoryDiagnoser]
public class Ads1015Benchmarks : IDisposable
{
    private readonly Mics6814Sensor _gas;
    private readonly Ads1015Converter _converter;

    public Ads1015Benchmarks()
    {
        _converter = Converter();
        _gas = new Mics6814Sensor(Converter(), null, new Mics6814Settings { WarmUp = TimeSpan.Zero });
    }

    [GlobalSetup]
    public async Task InitializeAsync()
    {
        await _converter.InitializeAsync();
        await _gas.InitializeAsync();
    }

    [Benchmark(Description = "ADS1015 single shot")]
    public Ads1015Reading SingleShot() => Completed.Of(_converter.MeasureAsync(Ads1015Input.Single0));

    [Benchmark(Description = "MICS6814 reading of three elements")]
    public Mics6814Reading Gas() => Completed.Of(_gas.MeasureAsync());

    [GlobalCleanup]
    public void Dispose()
    {
        _converter.Dispose();
        _gas.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Ads1015Converter Converter() => new(new RecordedConversions([.. Enumerable.Repeat<ushort>(0x2260, 64)]).OnBus());
}
