using System.Device.I2c;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>
/// Lets a bus, a serial line or a microphone fail at random, each kind of fault as often as is wanted, so that a program can be
/// tested with what happens to it in years: wrap what the program opens. The same seed and the same transfers have the same faults,
/// and what was injected when is recorded. One thread at a time.
/// </summary>
/// <example>
/// <code>
/// var faults = new FaultPlan(seed: 1, clock) { [FaultKind.NotAcknowledged] = 0.01, [FaultKind.PowerCycle] = 0.0001 };
/// using var hat = EnviroHat.OpenOn(faults.On(new SimulatedEnviro(scene, clock).Header), timeProvider: clock);
/// </code>
/// </example>
public sealed class FaultPlan
{
    private readonly double[] _probabilities = new double[Enum.GetValues<FaultKind>().Length];
    private readonly List<InjectedFault> _injected = [];
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;

    /// <summary>Creates a plan without faults.</summary>
    /// <param name="seed">The same seed gives the same faults.</param>
    /// <param name="timeProvider">The clock of what is recorded, and of faults that last.</param>
    public FaultPlan(int seed, TimeProvider? timeProvider = null)
    {
        _random = new Random(seed);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How probable a fault is: for each transfer of a bus, each read of a serial line or a microphone. From 0 to 1.</summary>
    /// <value>Default 0.</value>
    public double this[FaultKind kind]
    {
        get => _probabilities[(int)kind];
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            _probabilities[(int)kind] = value;
        }
    }

    /// <summary>How long a fault lasts at most that lasts for a while; how long it does is random.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan LongestDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether faults are injected. Those that last end when it is set to false.</summary>
    /// <value>Default true.</value>
    public bool IsActive { get; set; } = true;

    /// <summary>What was injected so far, in order.</summary>
    public IReadOnlyList<InjectedFault> Injected => _injected;

    /// <summary>A header whose buses, serial line and microphone fail. Its pins and its display do not.</summary>
    /// <param name="header">The header. Disposed with the one returned.</param>
    public BoardHeader On(BoardHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new FaultyHeader(header, this);
    }

    /// <summary>A bus whose transfers fail. Chips of a <see cref="Buses.SimulatedI2cBus"/> also lose their supply.</summary>
    /// <param name="bus">The bus. Disposed with the one returned.</param>
    public I2cBus On(I2cBus bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return new FaultyI2cBus(bus, this, new I2cFaultState());
    }

    /// <summary>A serial line whose bytes to the program are damaged.</summary>
    /// <param name="line">The line. Disposed with the one returned.</param>
    public Stream On(Stream line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new FaultySerialStream(line, this);
    }

    /// <summary>A microphone that fails.</summary>
    /// <param name="source">The microphone. Disposed with the one returned.</param>
    public ISoundSource On(ISoundSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new FaultySoundSource(source, this);
    }

    /// <summary>Whether a fault that began before is still going on.</summary>
    internal bool IsOngoing(in OngoingFault fault, FaultKind kind) =>
        IsActive && fault.Kind == kind && _timeProvider.GetTimestamp() < fault.EndsAt;

    /// <summary>Chooses at random what goes wrong now, among the kinds from one to another; null for nothing.</summary>
    internal FaultKind? Draw(FaultKind first, FaultKind last, string target)
    {
        if (!IsActive)
        {
            return null;
        }

        var draw = _random.NextDouble();
        for (var kind = first; kind <= last; kind++)
        {
            draw -= _probabilities[(int)kind];
            if (draw < 0)
            {
                var now = _timeProvider.GetUtcNow();
                _injected.Add(new InjectedFault(kind, target, now, now));
                return kind;
            }
        }

        return null;
    }

    /// <summary>Lets the fault that was drawn last go on for a while.</summary>
    internal OngoingFault Prolong()
    {
        var fault = _injected[^1];
        var duration = LongestDuration * _random.NextDouble();
        _injected[^1] = fault with { Until = fault.Since + duration };
        return new OngoingFault(fault.Kind, _timeProvider.GetTimestamp() + (long)(duration.TotalSeconds * _timeProvider.TimestampFrequency));
    }

    internal int Next(int limit) => _random.Next(limit);

    internal void Fill(Span<byte> bytes) => _random.NextBytes(bytes);

    /// <summary>A fault that lasts.</summary>
    internal readonly record struct OngoingFault(FaultKind Kind, long EndsAt);
}
