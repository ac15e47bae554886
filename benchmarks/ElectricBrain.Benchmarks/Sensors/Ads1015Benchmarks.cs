using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Simulation.Buses;

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
    public Ads1015Reading SingleShot() => Completed(_converter.MeasureAsync(Ads1015Input.Single0));

    [Benchmark(Description = "MICS6814 reading of three elements")]
    public Mics6814Reading Gas() => Completed(_gas.MeasureAsync());

    [GlobalCleanup]
    public void Dispose()
    {
        _converter.Dispose();
        _gas.Dispose();
        GC.SuppressFinalize(this);
    }

    private static T Completed<T>(ValueTask<T> reading) =>
        reading.IsCompletedSuccessfully ? reading.Result : throw new InvalidOperationException("A conversion had to be waited for.");

    private static Ads1015Converter Converter()
    {
        var chip = new FinishedConversions();
        return new Ads1015Converter(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address));
    }

    /// <summary>An ADS1015 that is always finished, with the same value.</summary>
    private sealed class FinishedConversions() : SimulatedChip(Ads1015Converter.EnviroAddress)
    {
        private readonly ushort[] _registers = [0x2260, Ads1015Registers.ConfigAfterReset, Ads1015Registers.LowThresholdAfterReset, Ads1015Registers.HighThresholdAfterReset];

        protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
        {
            if (values.IsEmpty)
            {
                return;
            }

            var value = BinaryPrimitives.ReadUInt16BigEndian(values);
            _registers[register] = register switch
            {
                Ads1015Registers.Config => (ushort)(value | Ads1015Registers.Start),
                Ads1015Registers.LowThreshold => (ushort)(value & ~Ads1015Registers.Extension),
                _ => value,
            };
        }

        protected override void ReadRegisters(byte register, Span<byte> values) => BinaryPrimitives.WriteUInt16BigEndian(values, _registers[register]);

        protected override void ResetRegisters()
        {
        }
    }
}
