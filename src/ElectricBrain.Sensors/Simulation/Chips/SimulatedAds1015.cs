using System.Buffers.Binary;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>An ADS1015 or ADS1115 by its registers: inputs, ranges, rates with their timing, both modes and the comparator.</summary>
public sealed class SimulatedAds1015 : SimulatedChip
{
    /// <summary>Conversions of the comparator that are caught up with after a long pause; its queue is four at most.</summary>
    private const int ComparatorMemory = 8;

    private readonly SimulatedVoltage _voltage;
    private readonly TimeProvider _timeProvider;
    private readonly Ads1015Model _model;
    private readonly ushort[] _registers = new ushort[4];
    private byte _pointer;
    private bool _converting;
    private ushort _startedWith;
    private long _startedAt;
    private long _finished;
    private int _beyond;

    /// <summary>Creates the chip, powered.</summary>
    /// <param name="voltage">The voltages at its pins.</param>
    /// <param name="timeProvider">The clock of the voltages and of the chip.</param>
    /// <param name="model">Which of the two chips it is.</param>
    /// <param name="address">Its address.</param>
    public SimulatedAds1015(
        SimulatedVoltage voltage,
        TimeProvider? timeProvider = null,
        Ads1015Model model = Ads1015Model.Ads1015,
        int address = Ads1015Converter.EnviroAddress)
        : base(address)
    {
        ArgumentNullException.ThrowIfNull(voltage);
        _voltage = voltage;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _model = model;
        ResetRegisters();
    }

    /// <summary>Whether a conversion, once started, never ends.</summary>
    public bool IsConversionStuck { get; set; }

    /// <summary>Whether the comparator asserts the ALERT/RDY pin, whatever its polarity.</summary>
    public bool IsAlerting { get; private set; }

    private ushort Config => _registers[Ads1015Registers.Config];

    private bool IsContinuous => (Config & Ads1015Registers.SingleShot) == 0;

    /// <summary>A conversion that runs keeps the input and the range it was started with.</summary>
    private Ads1015Range Range => (Ads1015Range)Math.Min(_startedWith >> Ads1015Registers.RangeShift & 7, (int)Ads1015Range.Mv256);

    private TimeSpan Period
    {
        get
        {
            var code = _startedWith >> Ads1015Registers.RateShift & 7;
            // The code that the ADS1015 does not list repeats its fastest.
            var rate = _model == Ads1015Model.Ads1115 ? ((Ads1115Rate)code).PerSecond() : ((Ads1015Rate)Math.Min(code, (int)Ads1015Rate.Sps3300)).PerSecond();
            return TimeSpan.FromSeconds(1.0 / rate);
        }
    }

    /// <inheritdoc/>
    protected override void ResetRegisters()
    {
        _registers[Ads1015Registers.Conversion] = 0;
        _registers[Ads1015Registers.Config] = Ads1015Registers.ConfigAfterReset;
        _registers[Ads1015Registers.LowThreshold] = Ads1015Registers.LowThresholdAfterReset;
        _registers[Ads1015Registers.HighThreshold] = Ads1015Registers.HighThresholdAfterReset;
        _pointer = 0;
        _converting = false;
        _beyond = 0;
        IsAlerting = false;
    }

    /// <inheritdoc/>
    protected override void WriteRegisters(byte register, ReadOnlySpan<byte> values)
    {
        Advance();
        _pointer = (byte)(register & 3);
        if (values.Length < sizeof(ushort))
        {
            return;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(values);
        switch (_pointer)
        {
            case Ads1015Registers.Config:
                WriteConfig(value);
                break;
            case Ads1015Registers.LowThreshold when _model == Ads1015Model.Ads1015:
                _registers[_pointer] = (ushort)(value & ~Ads1015Registers.Extension);
                break;
            case Ads1015Registers.HighThreshold when _model == Ads1015Model.Ads1015:
                _registers[_pointer] = (ushort)(value | Ads1015Registers.Extension);
                break;
            case Ads1015Registers.LowThreshold or Ads1015Registers.HighThreshold:
                _registers[_pointer] = value;
                break;
        }
    }

    /// <inheritdoc/>
    protected override void ReadRegisters(byte register, Span<byte> values)
    {
        Advance();
        var value = _registers[_pointer];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(i % 2 == 0 ? value >> 8 : value);
        }

        if (_pointer == Ads1015Registers.Conversion && (Config & Ads1015Registers.Latching) != 0)
        {
            IsAlerting = false;
        }
    }

    private void WriteConfig(ushort value)
    {
        var wasIdle = !_converting;
        _registers[Ads1015Registers.Config] = (ushort)(value & ~Ads1015Registers.Start);
        if (IsContinuous || (wasIdle && (value & Ads1015Registers.Start) != 0))
        {
            _converting = true;
            _startedWith = Config;
            _startedAt = _timeProvider.GetTimestamp();
            _finished = 0;
        }

        if ((value & Ads1015Registers.ComparatorOff) == Ads1015Registers.ComparatorOff)
        {
            IsAlerting = false;
            _beyond = 0;
        }

        ShowState();
    }

    /// <summary>Brings the conversion and the state to the present.</summary>
    private void Advance()
    {
        if (_converting && !IsConversionStuck)
        {
            var period = Period;
            var elapsed = _timeProvider.GetElapsedTime(_startedAt);
            var finished = elapsed.Ticks / period.Ticks;
            for (var index = Math.Max(_finished, finished - ComparatorMemory); index < finished && _converting; index++)
            {
                Convert(_timeProvider.GetLocalNow() - (elapsed - (index + 1) * period));
                _converting = IsContinuous;
            }

            _finished = finished;
        }

        ShowState();
    }

    private void ShowState()
    {
        if (_converting)
        {
            _registers[Ads1015Registers.Config] &= unchecked((ushort)~Ads1015Registers.Start);
        }
        else
        {
            _registers[Ads1015Registers.Config] |= Ads1015Registers.Start;
        }
    }

    private void Convert(DateTimeOffset time)
    {
        var volts = (Ads1015Input)(_startedWith >> Ads1015Registers.InputShift & 7) switch
        {
            Ads1015Input.Differential01 => _voltage(0, time) - _voltage(1, time),
            Ads1015Input.Differential03 => _voltage(0, time) - _voltage(3, time),
            Ads1015Input.Differential13 => _voltage(1, time) - _voltage(3, time),
            Ads1015Input.Differential23 => _voltage(2, time) - _voltage(3, time),
            var single => _voltage((int)single - (int)Ads1015Input.Single0, time),
        };
        var conversion = Ads1015Scale.Encode(volts, _model, Range);
        _registers[Ads1015Registers.Conversion] = conversion;
        Compare((short)conversion);
    }

    private void Compare(short conversion)
    {
        var queue = Config & Ads1015Registers.ComparatorOff;
        if (queue == Ads1015Registers.ComparatorOff)
        {
            return;
        }

        var low = (short)_registers[Ads1015Registers.LowThreshold];
        var high = (short)_registers[Ads1015Registers.HighThreshold];
        if (high < 0 && low >= 0)
        {
            IsAlerting = true;
            return;
        }

        var window = (Config & Ads1015Registers.WindowMode) != 0;
        _beyond = conversion > high || (window && conversion < low) ? _beyond + 1 : 0;
        if (_beyond >= 1 << queue)
        {
            IsAlerting = true;
        }
        else if ((Config & Ads1015Registers.Latching) == 0 && (window ? _beyond == 0 : conversion < low))
        {
            IsAlerting = false;
        }
    }
}
