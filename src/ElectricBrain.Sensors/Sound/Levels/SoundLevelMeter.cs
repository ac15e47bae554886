using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Sound.Weighting;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>
/// A sound level meter: samples in, one reading an interval out. The first half second after the start and after a gap is not
/// measured: in its first half the microphone and the filters settle, in the second the time weightings find where to start. How the samples are split into calls makes no difference.
/// Allocates nothing while it measures. Not thread-safe.
/// </summary>
public sealed class SoundLevelMeter
{
    // A step is 10 ms: a whole number of samples at every supported rate, and how often levels are counted for percentiles.
    private const int StepsPerSecond = 100;
    private const int StepsToSettle = 25;
    private const int StepsToAverage = 25;
    private const int FirstStep = -StepsToSettle - StepsToAverage;

    private readonly SoundFormat _format;
    private readonly SoundLevelMeterOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly HealthTrack _health;
    private readonly LevelScale _scale;
    private readonly int _stepLength;
    private readonly long _stepsPerInterval;
    private readonly double[] _samples;
    private readonly InputCheck _input;
    private readonly LowFrequencyEqualizer? _equalizer;
    private readonly WeightedBank _weighted;
    private readonly OctaveBank? _octaves;
    private readonly LevelHistogram _histogram = new();
    private int _position;
    private long _step = FirstStep;

    /// <summary>Creates a meter.</summary>
    /// <param name="format">The format of the samples.</param>
    /// <param name="options">How to measure.</param>
    /// <param name="timeProvider">The clock of the readings' timestamps.</param>
    /// <exception cref="ArgumentException">The format is not supported, or the options contradict each other or the format.</exception>
    public SoundLevelMeter(SoundFormat format, SoundLevelMeterOptions? options = null, TimeProvider? timeProvider = null)
        : this(format, options, timeProvider ?? TimeProvider.System, new HealthTrack(timeProvider ?? TimeProvider.System))
    {
    }

    /// <summary>Creates a meter that goes on with the health of the microphone so far.</summary>
    internal SoundLevelMeter(SoundFormat format, SoundLevelMeterOptions? options, TimeProvider timeProvider, HealthTrack health)
    {
        format.Validate();
        options ??= new SoundLevelMeterOptions();
        options.Validate(format);
        _format = format;
        _options = options;
        _timeProvider = timeProvider;
        _health = health;
        _scale = new LevelScale(options.Microphone.FullScaleLevel + (options.Calibration?.OffsetDecibels ?? 0));
        _stepLength = format.SampleRate / StepsPerSecond;
        _stepsPerInterval = options.Interval.Ticks / (TimeSpan.TicksPerSecond / StepsPerSecond);
        _samples = new double[_stepLength];
        _input = new InputCheck(format.SampleRate);
        _equalizer = options.Microphone.LowFrequencyCornerHertz is { } corner
            ? new LowFrequencyEqualizer(corner, options.Microphone.EqualizedDownToHertz, format.SampleRate)
            : null;
        _weighted = new WeightedBank(format.SampleRate, _stepLength);
        _octaves = options.OctaveBands ? new OctaveBank(format.SampleRate, _stepLength) : null;
    }

    /// <summary>Health of the microphone, as of the last reading.</summary>
    public SensorHealth Health => _health.Current;

    /// <summary>Measures until an interval is complete or the samples are used up. Call it until it returns false.</summary>
    /// <param name="frames">Whole frames; those that were used are cut off at its front.</param>
    /// <param name="reading">The reading, when an interval is complete.</param>
    /// <returns>Whether there is a reading.</returns>
    /// <exception cref="ArgumentException">The last frame is incomplete; nothing was measured.</exception>
    public bool TryMeasure(ref ReadOnlySpan<byte> frames, out SoundLevelReading reading)
    {
        if (frames.Length % _format.BytesPerFrame != 0)
        {
            throw new ArgumentException($"{frames.Length} bytes are not whole frames of {_format.BytesPerFrame} bytes. Keep the rest for the next call.", nameof(frames));
        }

        while (!frames.IsEmpty)
        {
            var count = Math.Min(frames.Length / _format.BytesPerFrame, _stepLength - _position);
            Take(frames, _samples.AsSpan(0, count));
            frames = frames[(count * _format.BytesPerFrame)..];
            _position += count;
            if (_position == _stepLength && CompleteStep())
            {
                reading = CompleteInterval();
                return true;
            }
        }

        reading = default;
        return false;
    }

    /// <summary>Drops what was measured of the interval and settles anew: to be called where samples are missing.</summary>
    public void Restart()
    {
        Forget();
        _histogram.Clear();
        _position = 0;
        _step = FirstStep;
    }

    private void Take(ReadOnlySpan<byte> frames, Span<double> samples)
    {
        PcmDecoder.Decode(frames, _format, _options.Channel, samples);
        _input.Add(samples);
        _equalizer?.Process(samples);
        var detect = _step >= -StepsToAverage;
        _weighted.Add(samples, detect);
        _octaves?.Add(samples, detect);
    }

    /// <summary>Ends a step; whether it was the last of the interval.</summary>
    private bool CompleteStep()
    {
        _position = 0;
        _step++;
        if (_input.IsAtRest)
        {
            // What dies away in silence becomes denormal numbers, which are slow. The interval is no measurement any more.
            Forget();
        }

        if (_step == -StepsToAverage)
        {
            _input.StartInterval();
        }
        else if (_step == 0)
        {
            _weighted.Settle(StepsToAverage * _stepLength);
            StartInterval();
        }
        else if (_step > 0)
        {
            _histogram.Add(_scale.Level(_weighted.FastA));
        }

        return _step == _stepsPerInterval;
    }

    private SoundLevelReading CompleteInterval()
    {
        if (_input.Fault is var fault and not SensorFault.None)
        {
            NextInterval(fault);
            _health.Fail(fault, InputCheck.Message(fault));
            return new SoundLevelReading { Timestamp = _timeProvider.GetUtcNow(), Duration = _options.Interval, Health = Health };
        }

        var samples = _stepsPerInterval * _stepLength;
        var levels = new SoundLevels
        {
            A = _weighted.Levels(FrequencyWeighting.A, samples, _scale),
            C = _weighted.Levels(FrequencyWeighting.C, samples, _scale),
            Z = _weighted.Levels(FrequencyWeighting.Z, samples, _scale),
            L10 = _histogram.ExceededFor(10),
            L50 = _histogram.ExceededFor(50),
            L90 = _histogram.ExceededFor(90),
            Octaves = _octaves?.Levels(samples, _scale),
            UncertaintyDecibels = _options.Calibration?.UncertaintyDecibels ?? _options.Microphone.ToleranceDecibels,
        };
        NextInterval(SensorFault.None);
        _health.Succeed();
        return new SoundLevelReading { Timestamp = _timeProvider.GetUtcNow(), Duration = _options.Interval, Levels = levels, Health = Health };
    }

    private void NextInterval(SensorFault fault)
    {
        if (fault == SensorFault.Stuck)
        {
            Restart();
            return;
        }

        _step = 0;
        _input.StartInterval();
        StartInterval();
    }

    private void StartInterval()
    {
        _weighted.StartInterval();
        _octaves?.StartInterval();
        _histogram.Clear();
    }

    private void Forget()
    {
        _equalizer?.Reset();
        _weighted.Reset();
        _octaves?.Reset();
    }
}
