using System.Device.Gpio;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using Microsoft.Extensions.Time.Testing;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

/// <summary>A sensor, the simulated one at the other end of its line, and a clock that moves on when it is told to.</summary>
internal sealed class Pms5003Bench : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExchangeStep = TimeSpan.FromMilliseconds(400);

    private readonly Scene _scene = new();
    private readonly GpioController? _gpio;

    public Pms5003Bench(Pms5003Settings? settings = null, bool hasPins = false)
    {
        Pins = new SimulatedGpio();
        _gpio = hasPins ? new GpioController(Pins) : null;
        Device = new SimulatedPms5003(_scene, hasPins ? Pins : null, Clock, seed: 1);
        Sensor = new Pms5003Sensor(Device.Line.Open, "/dev/ttyS9", _gpio, settings, Clock);
    }

    public FakeTimeProvider Clock { get; } = new();

    public SimulatedGpio Pins { get; }

    public SimulatedPms5003 Device { get; }

    public Pms5003Sensor Sensor { get; }

    public ParticleConcentrations Air { set => _scene.Air = value; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<Pms5003Sensor> StartAsync(TimeSpan? runFor = null)
    {
        await WhileTimePassesAsync(Sensor.InitializeAsync(Token).AsTask());
        await PassAsync(runFor ?? TimeSpan.FromSeconds(35));
        return Sensor;
    }

    public Task<Pms5003Reading?> MeasureAsync() => WhileTimePassesAsync(Sensor.MeasureAsync(Token).AsTask());

    /// <summary>Lets time pass, in steps in which everything that arrives is read.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            Clock.Advance(left < Step ? left : Step);
            await SettleAsync();
        }
    }

    public async Task WhileTimePassesAsync(Task task)
    {
        await SettleAsync();
        for (var limit = 0; !task.IsCompleted && limit < 1_000; limit++)
        {
            // What needs no time is let come first: a reply that is on its way must not look late.
            await Task.WhenAny(task, Task.Delay(25, Token));
            await PassAsync(task.IsCompleted ? TimeSpan.Zero : ExchangeStep);
        }

        await task;
    }

    public async Task<T> WhileTimePassesAsync<T>(Task<T> task)
    {
        await WhileTimePassesAsync((Task)task);
        return await task;
    }

    public void Dispose()
    {
        Sensor.Dispose();
        _gpio?.Dispose();
    }

    /// <summary>Waits until the reader has taken all that has arrived and waits for more.</summary>
    private async Task SettleAsync()
    {
        // What follows from the bytes runs on other threads: a moment of real time lets it.
        await Task.Delay(1, Token);
        for (var turn = 0; turn < 200 && Device.Line is { IsOpen: true, IsConnected: true } line && !(line.UnreadBytes == 0 && line.IsAwaited); turn++)
        {
            await Task.Delay(1, Token);
        }
    }

    private sealed class Scene : EnviroScene
    {
        public ParticleConcentrations Air { get; set; } = new(5, 13, 22);

        public override EnviroConditions At(DateTimeOffset time) => new(20, 50, 100_000, 100, 10) { Particles = Air };
    }
}
