using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>A PMS5003 by the bytes on its serial line: start-up, both modes, sleep, power and reset pins, and a line with faults.</summary>
public sealed class SimulatedPms5003
{
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ZeroTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SteadyInterval = TimeSpan.FromSeconds(2.3);
    private static readonly TimeSpan FastInterval = TimeSpan.FromMilliseconds(800);

    private readonly EnviroScene _scene;
    private readonly TimeProvider _timeProvider;
    private readonly int _enablePin;
    private readonly int _resetPin;
    private readonly List<byte> _received = [];
    private bool _enabled;
    private bool _held;
    private bool _asleep;
    private bool _active;
    private long _startedAt;
    private TimeSpan _nextFrame;
    private Pms5003Mass _shown;
    private int _commandsToIgnore;

    /// <summary>Creates the sensor, powered where it has no pins.</summary>
    /// <param name="scene">What it is exposed to.</param>
    /// <param name="gpio">The pins, for power and reset; null where they are not wired.</param>
    /// <param name="timeProvider">The clock of the scene and of the sensor.</param>
    /// <param name="seed">The same seed gives the same faults.</param>
    /// <param name="enablePin">The pin that switches it on.</param>
    /// <param name="resetPin">The pin that resets it.</param>
    public SimulatedPms5003(
        EnviroScene scene,
        SimulatedGpio? gpio = null,
        TimeProvider? timeProvider = null,
        int seed = 0,
        int enablePin = Pms5003Settings.EnviroEnablePin,
        int resetPin = Pms5003Settings.EnviroResetPin)
    {
        ArgumentNullException.ThrowIfNull(scene);
        _scene = scene;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _enablePin = enablePin;
        _resetPin = resetPin;
        Line = new SimulatedSerialLine(_timeProvider, new Random(seed), Advance, Receive, () => UntilNextFrame);
        _enabled = gpio is null;
        Start();
        if (gpio is not null)
        {
            gpio.Written += SwitchPin;
        }
    }

    /// <summary>Whether the fan and the laser run.</summary>
    public bool IsRunning => _enabled && !_held && !_asleep;

    /// <summary>Whether it sends frames by itself.</summary>
    public bool IsActive => _active;

    /// <summary>The serial line, with its faults.</summary>
    public SimulatedSerialLine Line { get; }

    private TimeSpan? UntilNextFrame => IsRunning && _active ? _nextFrame - _timeProvider.GetElapsedTime(_startedAt) : null;

    /// <summary>Does not hear the next commands.</summary>
    public void IgnoreCommands(int commands) => _commandsToIgnore = commands;

    private void SwitchPin(int pin, bool high)
    {
        lock (Line.Gate)
        {
            Advance();
            var wasOn = _enabled && !_held;
            _enabled = pin == _enablePin ? high : _enabled;
            _held = pin == _resetPin ? !high : _held;
            if (!wasOn && _enabled && !_held)
            {
                Start();
            }
        }

        Line.Wake();
    }

    private void Start()
    {
        _asleep = false;
        _active = true;
        _shown = default;
        _startedAt = _timeProvider.GetTimestamp();
        _nextFrame = BootTime;
        _received.Clear();
    }

    /// <summary>Sends the frames that were due by now.</summary>
    private void Advance()
    {
        while (UntilNextFrame is { } left && left <= TimeSpan.Zero)
        {
            var before = _shown;
            SendFrame(_timeProvider.GetLocalNow() + left, _nextFrame);
            _nextFrame += before == _shown ? SteadyInterval : FastInterval;
        }
    }

    private void SendFrame(DateTimeOffset time, TimeSpan sinceStart)
    {
        Span<byte> bytes = stackalloc byte[Pms5003Parser.FrameLength];
        Pms5003Parser.Format(FrameOf(_scene.At(time).Particles, sinceStart), bytes);
        Line.SendFrame(bytes);
    }

    private Pms5003Frame FrameOf(ParticleConcentrations particles, TimeSpan sinceStart)
    {
        const ushort Version = 0x9700;
        if (sinceStart < ZeroTime)
        {
            return new Pms5003Frame(default, default, default, 0);
        }

        var mass = new Pms5003Mass(Round(particles.Pm1MicrogramsPerCubicMetre), Round(particles.Pm25MicrogramsPerCubicMetre), Round(particles.Pm10MicrogramsPerCubicMetre));
        _shown = mass;
        var coarse = mass.Pm10MicrogramsPerCubicMetre - mass.Pm25MicrogramsPerCubicMetre;
        var fine = 100 + 150 * mass.Pm25MicrogramsPerCubicMetre;
        var counts = new Pms5003Counts(Round(fine), Round(fine * 0.3), Round(fine * 0.05 + coarse), Round(fine * 0.01 + coarse), coarse, coarse / 2);
        return new Pms5003Frame(mass, mass, counts, Version);
    }

    private static int Round(double value) => (int)Math.Clamp(Math.Round(value), 0, ushort.MaxValue);

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        _received.AddRange(bytes);
        while (_received.Count >= Pms5003Command.Length)
        {
            var command = _received.GetRange(0, Pms5003Command.Length).ToArray();
            var sum = Pms5003Parser.Sum(command.AsSpan(0, Pms5003Command.Length - 2));
            if (command[0] != Pms5003Parser.Start1 || command[1] != Pms5003Parser.Start2 || sum != (command[5] << 8 | command[6]))
            {
                _received.RemoveAt(0);
                continue;
            }

            _received.RemoveRange(0, Pms5003Command.Length);
            if (_commandsToIgnore > 0)
            {
                _commandsToIgnore--;
            }
            else if (_enabled && !_held && _timeProvider.GetElapsedTime(_startedAt) >= BootTime)
            {
                Execute((ushort)(command[2] << 8 | command[4]));
            }
        }
    }

    private void Execute(ushort command)
    {
        switch (command)
        {
            case 0xE400 when !_asleep:
                _asleep = true;
                Acknowledge(command);
                break;
            case 0xE401 when _asleep:
                // It answers with its first frame only.
                Start();
                break;
            case 0xE100 or 0xE101 when !_asleep:
                _active = command == 0xE101;
                _nextFrame = _timeProvider.GetElapsedTime(_startedAt) + FastInterval;
                Acknowledge(command);
                break;
            case 0xE200 when !_asleep && !_active:
                SendFrame(_timeProvider.GetLocalNow(), _timeProvider.GetElapsedTime(_startedAt));
                break;
        }
    }

    private void Acknowledge(ushort command)
    {
        Span<byte> bytes = stackalloc byte[Pms5003Parser.AcknowledgementLength];
        Pms5003Parser.Format(command, bytes);
        Line.SendFrame(bytes);
    }
}
