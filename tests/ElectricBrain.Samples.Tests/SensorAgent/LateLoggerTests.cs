using ElectricBrain.Samples.SensorAgent.Sampling;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class LateLoggerTests
{
    [Fact]
    public void Attach_EntriesThatCameBefore_AreWrittenFirstAndOnce()
    {
        var logger = new LateLogger<LateLoggerTests>();
        logger.Log(LogLevel.Warning, new EventId(7), "before", new IOException("broken"), static (state, exception) => $"{state} {exception?.Message}");
        using var log = new RecordingLog();

        logger.Attach(log);
        logger.Log(LogLevel.Information, new EventId(8), "after", null, static (state, _) => state);

        Assert.Equal([(LogLevel.Warning, 7, "before broken"), (LogLevel.Information, 8, "after")], log.Entries);
        Assert.Equal("ElectricBrain.Samples.Tests.SensorAgent.LateLoggerTests", log.Category);
    }

    private sealed class RecordingLog : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, int Id, string Message)> Entries { get; } = [];

        public string? Category { get; private set; }

        public ILogger CreateLogger(string categoryName)
        {
            Category = categoryName;
            return this;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, eventId.Id, formatter(state, exception)));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
