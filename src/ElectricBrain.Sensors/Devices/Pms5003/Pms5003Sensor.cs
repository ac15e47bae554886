using System.Device.Gpio;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>
/// Plantower PMS5003: particles by laser scattering, over a serial port of 9600 baud (Plantower manual, V2.3). The port is read
/// in the background; the methods are not thread-safe.
/// </summary>
public sealed class Pms5003Sensor : ISampledSensor<Pms5003Reading>, IDisposable
{
    /// <summary>The speed of its serial port.</summary>
    public const int BaudRate = 9_600;

    private const int Attempts = 3;
    private static readonly TimeSpan ResetPulse = TimeSpan.FromMilliseconds(100);

    /// <summary>A frame comes every 2.3 s at the latest; the answer to a command can take 9 s.</summary>
    private static readonly TimeSpan MaximumSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromSeconds(3);

    private readonly Func<Stream> _open;
    private readonly string _portName;
    private readonly GpioController? _gpio;
    private readonly Pms5003Settings _settings;
    private readonly TimeProvider _timeProvider;
    private GpioPin? _enable;
    private GpioPin? _reset;
    private Pms5003Link? _link;
    private bool _initialized;
    private Pms5003Mode _mode;
    private long _runningSince;

    /// <summary>Creates the sensor; nothing is opened yet.</summary>
    /// <param name="open">Opens the port, each time that the sensor is initialised. The stream is disposed with the sensor.</param>
    /// <param name="portName">What errors call the port.</param>
    /// <param name="gpio">The pins, for power and reset; null where they are not wired. Not disposed with the sensor.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="timeProvider">The clock of the waits and of the age of values.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Pms5003Sensor(Func<Stream> open, string portName, GpioController? gpio = null, Pms5003Settings? settings = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentException.ThrowIfNullOrWhiteSpace(portName);
        _open = open;
        _portName = portName;
        _gpio = gpio;
        _settings = settings ?? new Pms5003Settings();
        _settings.Validate();
        _mode = _settings.Mode;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How the sensor is used.</summary>
    public Pms5003Settings Settings => _settings;

    /// <summary>Whether the sensor sends its values by itself.</summary>
    public Pms5003Mode Mode => _mode;

    /// <summary>Whether <see cref="SleepAsync"/> has stopped the fan and the laser.</summary>
    public bool IsAsleep { get; private set; }

    private Pms5003Link Link =>
        _initialized && _link is not null ? _link : throw new InvalidOperationException($"The PMS5003 is not initialised. Call {nameof(InitializeAsync)} first.");

    private bool IsWarmingUp => _timeProvider.GetElapsedTime(_runningSince) < _settings.WarmUp;

    /// <summary>The sensor on a serial port of this machine.</summary>
    /// <param name="port">The port.</param>
    /// <param name="gpio">The pins, for power and reset; null where they are not wired. Not disposed with the sensor.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="timeProvider">The clock of the waits and of the age of values.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static Pms5003Sensor OnSerialPort(
        string port = Pms5003Settings.EnviroPort, GpioController? gpio = null, Pms5003Settings? settings = null, TimeProvider? timeProvider = null) =>
        new(() => LinuxSerialPort.Open(port, BaudRate), port, gpio, settings, timeProvider);

    /// <summary>Checks that the port can be opened. Whether the sensor is there shows with its first frame.</summary>
    /// <exception cref="SensorException">The port is missing or forbidden.</exception>
    public void Identify()
    {
        if (_link is null)
        {
            _open().Dispose();
        }
    }

    /// <summary>Opens the port anew, switches the sensor on, resets it where it has the pin, and sets its mode. The warm-up starts.</summary>
    /// <exception cref="SensorException">The port or a pin cannot be used, or the sensor does not take the mode.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _initialized = false;
        _link?.Dispose();
        _link = null;
        await PowerAsync(cancellationToken).ConfigureAwait(false);
        _link = new Pms5003Link(_open(), _portName, _timeProvider);
        _runningSince = _timeProvider.GetTimestamp();
        _initialized = true;
        try
        {
            // A sensor without a reset pin may still sleep since its last user. It does not acknowledge when it is awake.
            await _link.SendAsync(Pms5003Command.Wake, cancellationToken).ConfigureAwait(false);
            IsAsleep = false;
            if (_settings.Mode == Pms5003Mode.Passive)
            {
                await SetModeAsync(Pms5003Mode.Passive, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                // Its frames are the answer, and they come also where our line to the sensor is not wired.
                await _link.SendAsync(Pms5003Command.Active, cancellationToken).ConfigureAwait(false);
                _mode = Pms5003Mode.Active;
            }
        }
        catch
        {
            _initialized = false;
            throw;
        }
    }

    /// <summary>The latest values in active mode, without a wait; in passive mode the sensor is asked.</summary>
    /// <returns>Null while the sensor warms up, sleeps, or sends what it has not measured.</returns>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The port has failed, or the sensor is silent or sends nothing intact.</exception>
    public async ValueTask<Pms5003Reading?> MeasureAsync(CancellationToken cancellationToken = default)
    {
        var link = Link;
        if (IsAsleep || (IsWarmingUp && _mode == Pms5003Mode.Passive))
        {
            return null;
        }

        if (_mode == Pms5003Mode.Passive)
        {
            link.Forget();
            if (!await link.ExchangeAsync(Pms5003Command.Read, message => message.Frame is not null, MaximumSilence, cancellationToken).ConfigureAwait(false))
            {
                throw link.Silence();
            }
        }

        return link.Latest(MaximumSilence) is { IsMeasured: true } frame && !IsWarmingUp
            ? new Pms5003Reading(frame.Atmospheric, frame.Standard, frame.Counts)
            : null;
    }

    /// <summary>Changes when the sensor sends its values.</summary>
    /// <exception cref="InvalidOperationException">The sensor is not initialised or asleep.</exception>
    /// <exception cref="SensorException">The sensor does not acknowledge.</exception>
    public async ValueTask SetModeAsync(Pms5003Mode mode, CancellationToken cancellationToken = default)
    {
        SettingsGuard.ThrowIfUndefined(mode, nameof(mode));
        var link = Link;
        if (IsAsleep)
        {
            throw new InvalidOperationException($"The PMS5003 is asleep. Call {nameof(WakeAsync)} first.");
        }

        await CommandAsync(link, mode == Pms5003Mode.Passive ? Pms5003Command.Passive : Pms5003Command.Active, "change its mode", cancellationToken).ConfigureAwait(false);
        _mode = mode;
        link.Forget();
    }

    /// <summary>Stops the fan and the laser, which lasts some 8,000 hours. There are no values until <see cref="WakeAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The sensor is not initialised.</exception>
    /// <exception cref="SensorException">The sensor does not acknowledge.</exception>
    public async ValueTask SleepAsync(CancellationToken cancellationToken = default)
    {
        if (!IsAsleep)
        {
            await CommandAsync(Link, Pms5003Command.Sleep, "go to sleep", cancellationToken).ConfigureAwait(false);
            IsAsleep = true;
        }
    }

    /// <summary>Starts the fan and the laser; the warm-up starts anew. The sensor wakes in active mode and is put into its own again.</summary>
    /// <exception cref="InvalidOperationException">The sensor is not initialised.</exception>
    /// <exception cref="SensorException">The sensor does not wake up.</exception>
    public async ValueTask WakeAsync(CancellationToken cancellationToken = default)
    {
        var link = Link;
        if (!IsAsleep)
        {
            return;
        }

        var acknowledgement = Pms5003Command.AcknowledgementOf(Pms5003Command.Wake);
        link.Forget();
        await RepeatAsync(link, Pms5003Command.Wake, message => message.Frame is not null || message.Acknowledged == acknowledgement, "wake up", cancellationToken).ConfigureAwait(false);
        IsAsleep = false;
        _runningSince = _timeProvider.GetTimestamp();
        await SetModeAsync(_mode, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the sensor off where it has the pin, else lets it sleep as far as the port takes the command; closes the port.</summary>
    public void Dispose()
    {
        _initialized = false;
        _link?.Rest(_enable is null ? Pms5003Command.Sleep : default);
        _link?.Dispose();
        _link = null;
        GpioOutput.Release(_enable);
        _reset?.Close();
        _enable = _reset = null;
    }

    private async ValueTask PowerAsync(CancellationToken cancellationToken)
    {
        if (_gpio is null)
        {
            return;
        }

        if (_settings.EnablePin is { } enable)
        {
            _enable ??= GpioOutput.Open(_gpio, enable, PinValue.High, "enable of the PMS5003");
            _enable.Write(PinValue.High);
        }

        if (_settings.ResetPin is { } reset)
        {
            _reset ??= GpioOutput.Open(_gpio, reset, PinValue.High, "reset of the PMS5003");
            _reset.Write(PinValue.Low);
            await Task.Delay(ResetPulse, _timeProvider, cancellationToken).ConfigureAwait(false);
            _reset.Write(PinValue.High);
        }
    }

    private static ValueTask CommandAsync(Pms5003Link link, ReadOnlyMemory<byte> command, string what, CancellationToken cancellationToken)
    {
        var acknowledgement = Pms5003Command.AcknowledgementOf(command);
        return RepeatAsync(link, command, message => message.Frame is null && message.Acknowledged == acknowledgement, what, cancellationToken);
    }

    /// <summary>A sensor that is about to send a frame misses a command now and then; every one is safe to repeat.</summary>
    private static async ValueTask RepeatAsync(Pms5003Link link, ReadOnlyMemory<byte> command, Predicate<Pms5003Message> isReply, string what, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await link.ExchangeAsync(command, isReply, AcknowledgementTimeout, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw link.Fault(SensorFault.NoAnswer, $"does not {what} ({Attempts} attempts). Check its cable and that the line from the computer to it is wired.");
    }
}
