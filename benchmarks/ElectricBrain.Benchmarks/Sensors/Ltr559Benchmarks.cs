using BenchmarkDotNet.Attributes;
using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What a reading of light and proximity costs besides the bus: two transfers with new values, one without.</summary>
[MemoryDiagnoser]
public class Ltr559Benchmarks : IDisposable
{
    private readonly Ltr559Sensor _new = Sensor(status: 0x25);
    private readonly Ltr559Sensor _old = Sensor(status: 0x20);

    [GlobalSetup]
    public async Task InitializeAsync()
    {
        await _new.InitializeAsync();
        await _old.InitializeAsync();
    }

    [Benchmark(Description = "LTR559, both values new")]
    public bool New() => _new.TryRead(out _);

    [Benchmark(Description = "LTR559, nothing new")]
    public bool Old() => _old.TryRead(out _);

    [GlobalCleanup]
    public void Dispose()
    {
        _new.Dispose();
        _old.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Ltr559Sensor Sensor(byte status)
    {
        var registers = new byte[256];
        registers[Ltr559Registers.PartId] = Ltr559Sensor.PartNumber << 4;
        registers[Ltr559Registers.ManufacturerId] = Ltr559Sensor.ManufacturerId;
        // Channel 1 has 300 counts and channel 0 700; proximity 677.
        Convert.FromHexString("2C01BC02").CopyTo(registers, Ltr559Registers.LightData);
        registers[Ltr559Registers.Status] = status;
        Convert.FromHexString("A502").CopyTo(registers, Ltr559Registers.ProximityData);
        // A clock that stands still: values that are never new would else be a fault.
        return new Ltr559Sensor(new RecordedLtr559(registers).OnBus(), new Ltr559Settings { AutoRange = false }, new JumpingClock());
    }
}
