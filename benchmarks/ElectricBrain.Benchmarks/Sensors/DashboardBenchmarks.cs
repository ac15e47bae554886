using System.Device.Gpio;
using BenchmarkDotNet.Attributes;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Display.Png;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Sound.Levels;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>
/// What each page of the LCD costs besides the wire, which takes 20.5 ms for a whole picture at 10 MHz: drawn with a full history,
/// compared with what is shown, and handed to the bus.
/// </summary>
[MemoryDiagnoser]
[MinColumn]
public class DashboardBenchmarks : IDisposable
{
    private readonly Clock _clock = new();
    private readonly GpioController _gpio = new(new SimulatedGpio());
    private readonly St7735Display _display;
    private readonly EnviroDashboard _dashboard;
    private readonly FrameBuffer _frame;
    private readonly EnviroReading[] _readings;
    private int _turn;

    public DashboardBenchmarks()
    {
        _display = new St7735Display(new SpiSink(), _gpio);
        _frame = _display.CreateFrame();
        _dashboard = new EnviroDashboard(new EnviroDashboardOptions { Pages = Enum.GetValues<EnviroPage>() }, _clock);
        _readings = [.. Enumerable.Range(0, 700).Select(Reading)];
    }

    [Params(EnviroPage.Overview, EnviroPage.TemperatureNumber, EnviroPage.TemperatureGraph, EnviroPage.GasGraph, EnviroPage.Levels, EnviroPage.Health)]
    public EnviroPage Page { get; set; }

    [GlobalSetup]
    public async Task InitializeAsync()
    {
        await _display.InitializeAsync();
        foreach (var reading in _readings)
        {
            _clock.Seconds++;
            _dashboard.Update(reading);
        }

        _dashboard.Show(Page);
    }

    [Benchmark(Description = "take a reading and draw the page")]
    public bool Render()
    {
        _dashboard.Update(_readings[++_turn % _readings.Length]);
        return _dashboard.Render(_frame);
    }

    [Benchmark(Description = "the same, and send what changed")]
    public int RenderAndShow()
    {
        Render();
        return _display.Show(_frame);
    }

    [Benchmark(Description = "the page as PNG")]
    public int Png() => PngEncoder.Encode(_frame).Length;

    [GlobalCleanup]
    public void Dispose()
    {
        _display.Dispose();
        _gpio.Dispose();
        GC.SuppressFinalize(this);
    }

    private static EnviroReading Reading(int second)
    {
        var ok = new SensorHealth(SensorState.Ok, DateTimeOffset.UnixEpoch);
        var wave = Math.Sin(second / 90.0) + 0.1 * Math.Sin(second / 2.0);
        return new EnviroReading
        {
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(second),
            TemperatureCelsius = 21 + 2 * wave,
            RelativeHumidityPercent = 50 + 10 * wave,
            PressurePascals = 101_300 + 200 * wave,
            IlluminanceLux = 400 + 300 * wave,
            Gas = new Mics6814Reading(new(20_000 + 9_000 * wave, null), new(300_000 + 99_000 * wave, null), new(90_000 + 30_000 * wave, null), IsWarmingUp: false),
            Particles = new Pms5003Reading(Mass(wave), Mass(wave), default),
            Sound = new SoundLevels { A = new WeightedLevels(45 + 12 * wave, default, default, default) },
            Bme280 = ok,
            Ltr559 = ok,
            Mics6814 = ok,
            Pms5003 = ok,
            Microphone = ok,
        };
    }

    private static Pms5003Mass Mass(double wave) => new((int)(8 + 4 * wave), (int)(14 + 7 * wave), (int)(22 + 9 * wave));

    /// <summary>A clock that stands between readings.</summary>
    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
