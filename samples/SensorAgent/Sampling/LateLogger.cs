using System.Collections.Concurrent;

namespace ElectricBrain.Samples.SensorAgent.Sampling;

/// <summary>A logger for what begins before there is a log: entries are kept until there is one, and written then.</summary>
internal sealed class LateLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<Action<ILogger>> _kept = new();
    private volatile ILogger? _logger;

    /// <summary>Writes what was kept, and everything from now on, there.</summary>
    public void Attach(ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger<T>();
        WriteKept(_logger);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger?.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _logger?.IsEnabled(logLevel) ?? logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_logger is { } logger)
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        _kept.Enqueue(logger => logger.Log(logLevel, eventId, state, exception, formatter));

        // The log may have come meanwhile.
        if (_logger is { } attached)
        {
            WriteKept(attached);
        }
    }

    private void WriteKept(ILogger logger)
    {
        while (_kept.TryDequeue(out var write))
        {
            write(logger);
        }
    }
}
