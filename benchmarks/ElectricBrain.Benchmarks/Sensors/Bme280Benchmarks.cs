using BenchmarkDotNet.Attributes;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What a BME280 sample costs besides the bus: fixed registers, so that the simulation takes next to nothing.</summary>
[MemoryDiagnoser]
public class Bme280Benchmarks : IDisposable
{
    private static readonly Bme280Settings Normal = new() { Mode = Bme280Mode.Normal };

    private readonly FixedRegisters _chip = new();
    private readonly Bme280Calibration _calibration;
    private readonly Bme280Sensor _sensor;
    private readonly EnviroHat _hat;
    private readonly Bme280Frame _frame;

    public Bme280Benchmarks()
    {
        _calibration = _chip.Calibration;
        _frame = _chip.Frame;
        _sensor = new Bme280Sensor(new SimulatedI2cBus(1, _chip).CreateDevice(_chip.Address), Normal);
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
    public EnviroReading HatReading() => Completed(_hat.ReadAsync());

    [GlobalCleanup]
    public void Dispose()
    {
        _sensor.Dispose();
        _hat.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>In normal mode nothing is waited for.</summary>
    private static EnviroReading Completed(ValueTask<EnviroReading> reading) =>
        reading.IsCompletedSuccessfully ? reading.Result : throw new InvalidOperationException("A reading in normal mode had to wait.");

    /// <summary>A BME280 whose registers never change.</summary>
    private sealed class FixedRegisters : SimulatedChip
    {
        private readonly byte[] _registers = new byte[256];

        public FixedRegisters()
            : base(Bme280Sensor.DefaultAddress)
        {
            Calibration = SimulatedBme280.TypicalCalibration;
            Frame = new Bme280Frame(Pressure: 322_476, Temperature: 523_824, Humidity: 36_378);
            ResetRegisters();
        }

        public Bme280Calibration Calibration { get; }

        public Bme280Frame Frame { get; }

        protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
        {
        }

        protected override void ReadRegisters(byte register, Span<byte> values) => _registers.AsSpan(register, values.Length).CopyTo(values);

        protected override void ResetRegisters()
        {
            _registers[Bme280Registers.Id] = Bme280Sensor.ChipId;
            Calibration.Format(
                _registers.AsSpan(Bme280Registers.Calibration1, Bme280Registers.Calibration1Length),
                _registers.AsSpan(Bme280Registers.Calibration2, Bme280Registers.Calibration2Length));
            Frame.Format(_registers.AsSpan(Bme280Registers.Data));
        }
    }
}
