using System.Device.I2c;
using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Devices.Ads1015;

/// <summary>
/// Texas Instruments ADS1015, and the ADS1115 that some batches of a board have in its place: a converter of four inputs with an
/// amplifier and a comparator (datasheets SBAS473, SBAS444). Not thread-safe, as the bus is not.
/// </summary>
public sealed class Ads1015Converter : IDisposable
{
    /// <summary>Address with ADDR at ground.</summary>
    public const int DefaultAddress = 0x48;

    /// <summary>Address with ADDR at the supply, as on the Enviro+.</summary>
    public const int EnviroAddress = 0x49;

    /// <summary>The pause between polls once the conversion is late; before, the bus alone sets the pace.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Shorter conversions are waited for by polling, without a timer.</summary>
    private static readonly TimeSpan WorthATimer = TimeSpan.FromMilliseconds(3);

    /// <summary>What may run on a chip that somebody else has configured: 8 per second on an ADS1115.</summary>
    private static readonly TimeSpan SlowestConversion = TimeSpan.FromMilliseconds(138);

    /// <summary>On a bus of 400 kHz a conversion of <see cref="WorthATimer"/> takes about so many polls.</summary>
    private const int PolledAtOnce = 32;

    private readonly Ads1015Chip _chip;
    private readonly Ads1015Settings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly ReusableDelay _delay;
    private bool _initialized;
    private bool _interrupted;
    private Ads1015Input _continuousInput;
    private Ads1015Range _continuousRange;
    private ushort? _continuousConfig;
    private long _continuousSince;

    /// <summary>Takes over a device; nothing is transferred yet.</summary>
    /// <param name="device">The chip on its bus. Disposed with the converter.</param>
    /// <param name="settings">How to convert.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public Ads1015Converter(I2cDevice device, Ads1015Settings? settings = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        _settings = settings ?? new Ads1015Settings();
        _settings.Validate();
        _chip = new Ads1015Chip(device);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _delay = new ReusableDelay(_timeProvider);
    }

    /// <summary>How the chip converts.</summary>
    public Ads1015Settings Settings => _settings;

    /// <summary>Which chip answered at the last <see cref="InitializeAsync"/>.</summary>
    public Ads1015Model Model { get; private set; }

    /// <summary>The time that one conversion takes at most: the rate holds within 10 % (datasheet, section 7.5), a sleeping chip needs 25 µs more.</summary>
    public TimeSpan ConversionTime => TimeSpan.FromSeconds(1.1 / _settings.SamplesPerSecond(Model)) + TimeSpan.FromMicroseconds(25);

    /// <summary>
    /// Checks that something answers that can be the chip. It has no identification; <see cref="InitializeAsync"/> knows more,
    /// as it may write.
    /// </summary>
    /// <exception cref="SensorException">Nothing answers, or what a dead bus reads.</exception>
    public void Identify() => _chip.Identify();

    /// <summary>Finds out which chip it is, stops what it does, and applies the settings.</summary>
    /// <exception cref="SensorException">The chip is missing, another one, or does not stop.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _initialized = false;
        _continuousConfig = null;
        Identify();
        Model = _chip.DetectModel();
        await PowerDownAsync(cancellationToken).ConfigureAwait(false);
        _initialized = true;
    }

    /// <summary>Converts an input once. While the chip converts this fast the wait is polling, and the call completes without suspending.</summary>
    /// <param name="input">What to measure.</param>
    /// <param name="range">The range of the amplifier.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="InvalidOperationException">The chip is not initialised or converts continuously.</exception>
    /// <exception cref="ArgumentException">The thresholds of the comparator do not fit the range.</exception>
    /// <exception cref="SensorException">The chip does not answer, does not finish or was reset.</exception>
    public ValueTask<Ads1015Reading> MeasureAsync(Ads1015Input input, Ads1015Range range = Ads1015Range.Mv4096, CancellationToken cancellationToken = default)
    {
        ThrowIfNotIdle();
        var config = Configure(input, range, Ads1015Registers.SingleShot);
        if (_interrupted || ConversionTime > WorthATimer)
        {
            return MeasureSlowlyAsync(config, input, range, cancellationToken);
        }

        Start(config);
        for (var poll = 0; poll < PolledAtOnce; poll++)
        {
            if (_chip.HasFinished(config))
            {
                return ValueTask.FromResult(Read(config, input, range));
            }
        }

        return WaitAndReadAsync(config, input, range, cancellationToken);
    }

    /// <summary>Lets the chip convert an input again and again; <see cref="TryRead"/> takes the latest conversion.</summary>
    /// <param name="input">What to measure.</param>
    /// <param name="range">The range of the amplifier.</param>
    /// <exception cref="InvalidOperationException">The chip is not initialised or converts continuously already.</exception>
    /// <exception cref="ArgumentException">The thresholds of the comparator do not fit the range.</exception>
    /// <exception cref="SensorException">The chip does not answer.</exception>
    public void StartContinuous(Ads1015Input input, Ads1015Range range = Ads1015Range.Mv4096)
    {
        ThrowIfNotIdle();
        var config = Configure(input, range, mode: 0);
        _chip.Configure(config);
        (_continuousInput, _continuousRange, _continuousConfig) = (input, range, config);
        _continuousSince = _timeProvider.GetTimestamp();
    }

    /// <summary>The latest conversion of the continuous mode.</summary>
    /// <returns>False until the first one is finished.</returns>
    /// <exception cref="InvalidOperationException"><see cref="StartContinuous"/> has not been called.</exception>
    /// <exception cref="SensorException">The chip does not answer or was reset.</exception>
    public bool TryRead(out Ads1015Reading reading)
    {
        reading = default;
        if (_continuousConfig is not { } config)
        {
            throw new InvalidOperationException($"The ADS1015 does not convert continuously. Call {nameof(StartContinuous)} first, or use {nameof(MeasureAsync)}.");
        }

        if (_timeProvider.GetElapsedTime(_continuousSince) < ConversionTime)
        {
            return false;
        }

        reading = Ads1015Scale.Decode(_chip.ReadContinuous(config), Model, _continuousInput, _continuousRange);
        return true;
    }

    /// <summary>Ends the continuous mode and waits until the chip sleeps.</summary>
    /// <exception cref="InvalidOperationException">The chip is not initialised.</exception>
    /// <exception cref="SensorException">The chip does not answer or does not stop.</exception>
    public async ValueTask StopAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfNotInitialized();
        await PowerDownAsync(cancellationToken).ConfigureAwait(false);
        _continuousConfig = null;
    }

    /// <summary>Lets the chip sleep as far as it answers, and closes the device.</summary>
    public void Dispose()
    {
        try
        {
            if (_continuousConfig is { } config)
            {
                _chip.Configure((ushort)(config | Ads1015Registers.SingleShot));
            }
        }
        catch (SensorException)
        {
            // A chip that is gone needs no sleep.
        }

        _initialized = false;
        _continuousConfig = null;
        _delay.Dispose();
        _chip.Dispose();
    }

    /// <summary>The exception for what is wrong behind this chip.</summary>
    internal SensorException Fault(SensorFault fault, string what, Exception? innerException = null) => _chip.Fault(fault, what, innerException);

    /// <summary>
    /// Waits until the chip sleeps: a start counts only then (datasheet, section 8.6.3), so that one written while an abandoned
    /// conversion runs would give the value of another input.
    /// </summary>
    private async ValueTask PowerDownAsync(CancellationToken cancellationToken)
    {
        var config = (ushort)(Ads1015Registers.ConfigOf(_settings, Model, Ads1015Input.Single0, Ads1015Range.Mv4096) | Ads1015Registers.SingleShot);
        _chip.Configure(config);
        await WaitAsync(config, SlowestConversion, cancellationToken).ConfigureAwait(false);
        _interrupted = false;
    }

    private ushort Configure(Ads1015Input input, Ads1015Range range, ushort mode)
    {
        SettingsGuard.ThrowIfUndefined(input, nameof(input));
        SettingsGuard.ThrowIfUndefined(range, nameof(range));
        if (_settings.Comparator is { } comparator)
        {
            // They count in steps of the range, and a reset since the last conversion would have dropped them.
            comparator.ThrowIfBeyond(range);
            WriteThresholds(comparator, range);
        }

        return (ushort)(Ads1015Registers.ConfigOf(_settings, Model, input, range) | mode);
    }

    private void WriteThresholds(Ads1015Comparator comparator, Ads1015Range range)
    {
        if (comparator.Mode == Ads1015ComparatorMode.ConversionReady)
        {
            _chip.SetThresholds(Ads1015Registers.ReadyLowThreshold, Ads1015Registers.ReadyHighThreshold);
        }
        else
        {
            _chip.SetThresholds(Ads1015Scale.Encode(comparator.LowVolts, Model, range), Ads1015Scale.Encode(comparator.HighVolts, Model, range));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Ads1015Reading> MeasureSlowlyAsync(ushort config, Ads1015Input input, Ads1015Range range, CancellationToken cancellationToken)
    {
        if (_interrupted)
        {
            await PowerDownAsync(cancellationToken).ConfigureAwait(false);
        }

        Start(config);
        await _delay.WaitAsync(ConversionTime, cancellationToken).ConfigureAwait(false);
        return await WaitAndReadAsync(config, input, range, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Ads1015Reading> WaitAndReadAsync(ushort config, Ads1015Input input, Ads1015Range range, CancellationToken cancellationToken)
    {
        await WaitAsync(config, ConversionTime, cancellationToken).ConfigureAwait(false);
        return Read(config, input, range);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync(ushort config, TimeSpan expected, CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        while (!_chip.HasFinished(config))
        {
            if (_timeProvider.GetElapsedTime(started) > 2 * expected + 10 * PollInterval)
            {
                throw _chip.Fault(SensorFault.Stuck, $"does not finish a conversion of {expected.TotalMilliseconds:0.0} ms. If it stays so, interrupt its supply.");
            }

            await _delay.WaitAsync(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Start(ushort config)
    {
        _interrupted = true;
        _chip.Start(config);
    }

    private Ads1015Reading Read(ushort config, Ads1015Input input, Ads1015Range range)
    {
        var conversion = _chip.ReadFinished(config);
        _interrupted = false;
        return Ads1015Scale.Decode(conversion, Model, input, range);
    }

    private void ThrowIfNotIdle()
    {
        ThrowIfNotInitialized();
        if (_continuousConfig is not null)
        {
            throw new InvalidOperationException($"The ADS1015 converts {_continuousInput} continuously. Call {nameof(StopAsync)} first.");
        }
    }

    private void ThrowIfNotInitialized()
    {
        if (!_initialized)
        {
            throw new InvalidOperationException($"The ADS1015 is not initialised. Call {nameof(InitializeAsync)} first.");
        }
    }
}
