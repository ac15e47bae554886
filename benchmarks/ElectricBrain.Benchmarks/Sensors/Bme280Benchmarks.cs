using BenchmarkDotNet.Attributes;
using ElectricBrain.Benchmarks.Peers.Recording;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What a BME280 sample costs besides the bus: fixed registers, so that the simulation takes next to nothing.</summary>
[MemoryDiagnoser]
public class Bme280Benchmarks : IDisposable
{
    private static readonly Bme280Settings Normal = new() { Mode = Bme280Mode.Normal };

    private readonly Bme280Calibration _calibration = SimulatedBme280.TypicalCalibration;
    private readonly Bme280Frame _frame = new(Pressure: 322_476, Temperature: 523_824, Humidity: 36_378);
    private readonly Bme280Sensor _sensor;
    private readonly EnviroHat _hat;

    public Bme280Benchmarks()
    {
        _sensor = new Bme280Sensor(new RecordedBme280(Registers(_calibration, _frame)).OnBus(), Normal);
        _hat = EnviroHat.OpenOn(new SimulatedEnviro(new DayCycleScene()).Bus, new EnviroHatOptions { Bme280 = Normal });
    }

    [GlobalSetup]
    public async Task InitializeAsync()
    {
        await _sensor.InitializeAsync();
        await _hat.ReadSettledAsync();
    }

    [Benchmark(Description = "decode one frame")]
    public double Decode()
    {
        var fine = Bme280Compensation.FineTemperature(_frame.Temperature, _calibration);
        return Bme280Compensation.Temperature(fine)
            + Bme280Compensation.Pressure(_frame.Pressure, fine, _calibration)
            + Bme280Compensation.Humidity(_frame.Humidity, fine, _calibration);
    }

    [Benchmark(Description = "BME280 full sample, fixed registers")]
    public bool FullSample() => _sensor.TryRead(out _);

    [Benchmark(Description = "hat full reading, simulated scene")]
    public EnviroReading HatReading() => Completed.Of(_hat.ReadAsync());

    [GlobalCleanup]
    public void Dispose()
    {
        _sensor.Dispose();
        _hat.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Registers(Bme280Calibration calibration, Bme280Frame frame)
    {
        var registers = new byte[256];
        registers[Bme280Registers.Id] = Bme280Sensor.ChipId;
        calibration.Format(
            registers.AsSpan(Bme280Registers.Calibration1, Bme280Registers.Calibration1Length),
            registers.AsSpan(Bme280Registers.Calibration2, Bme280Registers.Calibration2Length));
        frame.Format(registers.AsSpan(Bme280Registers.Data));
        return registers;
    }
}
