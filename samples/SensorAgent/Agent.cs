using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>The agent as a process: starts what <see cref="AgentHost"/> put together, and runs until it is told to stop.</summary>
internal static class Agent
{
    public static async Task<int> RunAsync(AgentOptions options, CancellationToken cancellationToken)
    {
        DataDirectory.Prepare("data", options.DataDirectory);
        if (options.NdjsonDirectory is { } lines)
        {
            DataDirectory.Prepare("ndjson", lines);
        }

        var calibrations = await HatCalibrations.LoadAsync(options.DataDirectory, cancellationToken);

        // Before anything else: without sensors there is nothing to do, and with them the first reading waits for nothing else.
        await using var sampling = RunningSampler.Start(options, calibrations);
        await using var app = AgentHost.Build(options, sampling);
        Announce(app.Logger, options, calibrations);
        await StartAsync(app, cancellationToken);
        foreach (var url in app.Urls)
        {
            app.Logger.Listening(url);
            if (ListenUrls.IsOpen(url))
            {
                app.Logger.Open(url);
            }
        }

        await GiveBackAsync(app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    /// <summary>Starts, or stops what had started, such as the storing of readings that are there already.</summary>
    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Gives back the memory that only the start needed: it is half of the heap, and sampling alone would not make a collector look at it.</summary>
    private static async Task GiveBackAsync(CancellationToken stopping)
    {
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static void Announce(ILogger logger, AgentOptions options, HatCalibrations calibrations)
    {
        logger.Starting(options.HostName, options.DeviceId, options.Interval, options.DataDirectory);
        var hat = HatSelection.From(options);
        if (hat.SimulatedSince is { } reason)
        {
            logger.Simulated(reason);
        }

        if (hat.RemoteName is { } remote)
        {
            logger.Remote(remote);
        }

        if (calibrations.HeatProblem is { } problem)
        {
            logger.HeatNotKnown(problem);
        }

        if (options.Elasticsearch is { } elasticsearch)
        {
            logger.Shipping(elasticsearch.DisplayName);
        }

        if (options.Mqtt is { } mqtt)
        {
            logger.Publishing(mqtt.DisplayName);
        }

        if (options.Otlp is { } otlp)
        {
            logger.Exporting(otlp.DisplayName);
        }

        if (options.NdjsonDirectory is { } directory)
        {
            logger.WritingLines(directory);
        }
    }
}
