using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>
/// A hat and its sampler, from before the host is built until after it has stopped: chips take their time for a first measurement, in which
/// the rest of the agent starts.
/// </summary>
internal sealed class RunningSampler : IAsyncDisposable
{
    /// <summary>How many readings the storing may be behind. It is patient for less than a second with each; a full outbox makes the rest wait in the store.</summary>
    private const int Capacity = 64;

    private readonly LateLogger<EnviroSampler> _log = new();
    private readonly LateLogger<EnviroHat>? _hatLog;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isDisposed;

    private RunningSampler(EnviroHat hat, LateLogger<EnviroHat>? hatLog, AgentOptions options)
    {
        (Hat, _hatLog) = (hat, hatLog);
        var sampling = new EnviroSamplerOptions();
        sampling.SetAll(options.Interval);
        Sampler = new EnviroSampler(hat, sampling, TimeProvider.System, _log);
        Readings = Sampler.Subscribe(Capacity);
        StartedAt = TimeProvider.System.GetUtcNow();
        _running = Task.Run(() => Sampler.RunAsync(_stop.Token));
    }

    public EnviroHat Hat { get; }

    public EnviroSampler Sampler { get; }

    /// <summary>Every reading from the first one on, to be stored.</summary>
    public SampleStream<EnviroReading> Readings { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Opens the hat that the options ask for.</summary>
    /// <exception cref="Sensors.Diagnostics.SensorException">It cannot be used.</exception>
    public static RunningSampler Start(AgentOptions options, HatCalibrations calibrations)
    {
        var log = new LateLogger<EnviroHat>();
        return new RunningSampler(EnviroHat.Open(HatSelection.From(options).Configure(options, calibrations), TimeProvider.System, log), log, options);
    }

    /// <summary>Takes any hat, and disposes it.</summary>
    public static RunningSampler Start(EnviroHat hat, AgentOptions options) => new(hat, null, options);

    /// <summary>Writes the log there.</summary>
    public void Attach(ILoggerFactory loggers)
    {
        _hatLog?.Attach(loggers);
        _log.Attach(loggers);
    }

    /// <summary>Ends the sampling, so that the readings end and their readers have the time of the shutdown for what is left in them.</summary>
    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        await _running;
        Hat.Dispose();
        _stop.Dispose();
    }
}
