using System.Device.Gpio;
using System.Runtime.CompilerServices;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Devices.Mics6814;

/// <summary>
/// SGX MiCS-6814 behind an ADS1015, as on the Enviro+: three heated elements whose resistance follows gases (datasheet 1143).
/// Not thread-safe, as the bus is not.
/// </summary>
public sealed class Mics6814Sensor : ISampledSensor<Mics6814Reading>, IDisposable
{
    private readonly Ads1015Converter _converter;
    private readonly GpioController? _gpio;
    private readonly Mics6814Settings _settings;
    private readonly TimeProvider _timeProvider;
    private GpioPin? _heater;
    private bool _initialized;
    private long _heatedSince;
    private Ads1015Range _oxidisingRange;
    private Ads1015Range _reducingRange;
    private Ads1015Range _ammoniaRange;

    /// <summary>Takes over a converter; nothing is transferred yet.</summary>
    /// <param name="converter">The converter with the oxidising element at AIN0, the reducing one at AIN1 and that for ammonia at AIN2. Disposed with the sensor.</param>
    /// <param name="gpio">The pins, for the heater; null where it is always on. Not disposed with the sensor.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="timeProvider">The clock of the heater and of the calibration.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Mics6814Sensor(Ads1015Converter converter, GpioController? gpio, Mics6814Settings? settings = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(converter);
        _converter = converter;
        _gpio = gpio;
        _settings = settings ?? new Mics6814Settings();
        _settings.Validate();
        Calibration = _settings.Calibration;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How the sensor is used.</summary>
    public Mics6814Settings Settings => _settings;

    /// <summary>The calibration in use: that of the settings, or the one measured since.</summary>
    public Mics6814Calibration? Calibration { get; private set; }

    private bool IsWarmingUp => _timeProvider.GetElapsedTime(_heatedSince) < _settings.WarmUp;

    /// <summary>Checks that the converter answers. The elements themselves cannot be asked.</summary>
    /// <exception cref="SensorException">Nothing answers.</exception>
    public void Identify() => _converter.Identify();

    /// <summary>Switches the heater on and starts the converter. The warm-up counts anew: what made this necessary may have cut the supply.</summary>
    /// <exception cref="SensorException">The converter or the pin of the heater cannot be used.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _initialized = false;
        if (_gpio is not null)
        {
            _heater ??= GpioOutput.Open(_gpio, _settings.HeaterPin, PinValue.High, "heater of the MICS6814");
            _heater.Write(PinValue.High);
        }

        _heatedSince = _timeProvider.GetTimestamp();
        await _converter.InitializeAsync(cancellationToken).ConfigureAwait(false);
        _oxidisingRange = _reducingRange = _ammoniaRange = Ads1015Range.Mv4096;
        _initialized = true;
    }

    /// <summary>Measures the three elements, each with the range of the converter that suits it.</summary>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The converter does not answer, none of the elements is there, or the heater is off.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Mics6814Reading> MeasureAsync(CancellationToken cancellationToken = default)
    {
        if (!_initialized)
        {
            throw new InvalidOperationException($"The MICS6814 is not initialised. Call {nameof(InitializeAsync)} first.");
        }

        ThrowIfNotHeated();
        var warmingUp = IsWarmingUp;
        var oxidising = await MeasureVoltsAsync(Ads1015Input.Single0, _oxidisingRange, cancellationToken).ConfigureAwait(false);
        _oxidisingRange = Mics6814Divider.RangeFor(oxidising);
        var reducing = await MeasureVoltsAsync(Ads1015Input.Single1, _reducingRange, cancellationToken).ConfigureAwait(false);
        _reducingRange = Mics6814Divider.RangeFor(reducing);
        var ammonia = await MeasureVoltsAsync(Ads1015Input.Single2, _ammoniaRange, cancellationToken).ConfigureAwait(false);
        _ammoniaRange = Mics6814Divider.RangeFor(ammonia);
        var reading = new Mics6814Reading(
            Element(oxidising, Calibration?.OxidisingOhms, warmingUp),
            Element(reducing, Calibration?.ReducingOhms, warmingUp),
            Element(ammonia, Calibration?.AmmoniaOhms, warmingUp),
            warmingUp);
        ThrowIfNothingThere(reading);
        return reading;
    }

    /// <summary>
    /// Measures the resistances in clean air, outdoors or after long airing, and uses them from now on. Keep them with
    /// <see cref="Mics6814CalibrationFile"/>.
    /// </summary>
    /// <param name="samples">How many readings the median is taken of.</param>
    /// <param name="interval">The time between two readings; by default a second.</param>
    /// <param name="cancellationToken">Gives up; the calibration is then as it was.</param>
    /// <exception cref="InvalidOperationException">The sensor is not initialised or still warms up.</exception>
    /// <exception cref="SensorException">The converter does not answer, an element is not there, or the resistances are not steady.</exception>
    public async ValueTask<Mics6814Calibration> CalibrateAsync(int samples = 60, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var (oxidising, reducing, ammonia) = (new double[samples], new double[samples], new double[samples]);
        for (var i = 0; i < samples; i++)
        {
            if (i > 0)
            {
                await Task.Delay(interval ?? TimeSpan.FromSeconds(1), _timeProvider, cancellationToken).ConfigureAwait(false);
            }

            var reading = await MeasureAsync(cancellationToken).ConfigureAwait(false);
            if (reading.IsWarmingUp)
            {
                throw new InvalidOperationException($"The MICS6814 warms up for {_settings.WarmUp - _timeProvider.GetElapsedTime(_heatedSince)} more. Calibrate it then.");
            }

            oxidising[i] = reading.Oxidising.Ohms ?? throw Unusable("oxidising");
            reducing[i] = reading.Reducing.Ohms ?? throw Unusable("reducing");
            ammonia[i] = reading.Ammonia.Ohms ?? throw Unusable("ammonia");
        }

        return Calibration = new Mics6814Calibration
        {
            OxidisingOhms = SteadyMedian(oxidising, "oxidising"),
            ReducingOhms = SteadyMedian(reducing, "reducing"),
            AmmoniaOhms = SteadyMedian(ammonia, "ammonia"),
            CalibratedAt = _timeProvider.GetUtcNow(),
        };
    }

    /// <summary>Switches the heater off and closes the converter.</summary>
    public void Dispose()
    {
        _initialized = false;
        GpioOutput.Release(_heater);
        _heater = null;
        _converter.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<Mics6814Reading?> ISampledSensor<Mics6814Reading>.MeasureAsync(CancellationToken cancellationToken) =>
        await MeasureAsync(cancellationToken).ConfigureAwait(false);

    bool ISampledSensor<Mics6814Reading>.IsSettled(Mics6814Reading reading) => !reading.IsWarmingUp;

    /// <summary>A pin can be lost, with the machine that it is on or to another program: the elements of a cold sensor tell nothing.</summary>
    private void ThrowIfNotHeated()
    {
        try
        {
            if (_heater is null || _heater.Read() == PinValue.High)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is IOException and not SensorException)
        {
            throw NotHeated(exception.Message.TrimEnd('.'), exception);
        }

        throw NotHeated("its pin is low");
    }

    private SensorException NotHeated(string reason, Exception? exception = null) =>
        _converter.Fault(SensorFault.InvalidData, $"works, but GPIO{_settings.HeaterPin} does not heat the MICS6814: {reason}. It is switched on again; check that nothing else uses the pin.", exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<double?> MeasureVoltsAsync(Ads1015Input input, Ads1015Range range, CancellationToken cancellationToken)
    {
        var reading = await _converter.MeasureAsync(input, range, cancellationToken).ConfigureAwait(false);
        if (reading.Volts is null && range != Ads1015Range.Mv4096)
        {
            reading = await _converter.MeasureAsync(input, Ads1015Range.Mv4096, cancellationToken).ConfigureAwait(false);
        }

        return reading.Volts;
    }

    private static Mics6814Element Element(double? volts, double? cleanOhms, bool warmingUp)
    {
        var ohms = Mics6814Divider.Ohms(volts);
        return new Mics6814Element(ohms, warmingUp ? null : ohms / cleanOhms);
    }

    private void ThrowIfNothingThere(Mics6814Reading reading)
    {
        // A cold element may have too high a resistance to be measured.
        if (!reading.IsWarmingUp && (reading.Oxidising.Ohms ?? reading.Reducing.Ohms ?? reading.Ammonia.Ohms) is null)
        {
            throw _converter.Fault(SensorFault.InvalidData, "sees none of the three elements of the MICS6814. The board has no gas sensor, or its heater or supply has failed.");
        }
    }

    private SensorException Unusable(string element) =>
        _converter.Fault(SensorFault.InvalidData, $"cannot measure the {element} element of the MICS6814: it is open or shorted. The sensor cannot be calibrated.");

    private double SteadyMedian(double[] ohms, string element)
    {
        Array.Sort(ohms);
        var (low, median, high) = (ohms[ohms.Length / 10], ohms[ohms.Length / 2], ohms[ohms.Length - 1 - ohms.Length / 10]);
        return high <= 1.1 * low
            ? median
            : throw _converter.Fault(SensorFault.InvalidData, $"sees the {element} element of the MICS6814 move from {low:0} to {high:0} ohm. Wait until air and sensor are steady, then calibrate again.");
    }
}
