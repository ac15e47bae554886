using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;

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
        await using var app = AgentHost.Build(options, calibrations);

        // Opened before anything else starts: without sensors there is nothing to do.
        app.Services.GetRequiredService<EnviroHat>();
        Announce(app.Logger, options, calibrations);
        await app.StartAsync(cancellationToken);
        foreach (var url in app.Urls)
        {
            app.Logger.Listening(url);
            if (ListenUrls.IsOpen(url))
            {
                app.Logger.Open(url);
            }
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
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

        if (options.NdjsonDirectory is { } directory)
        {
            logger.WritingLines(directory);
        }
    }
}
