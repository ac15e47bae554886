using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Samples.SensorAgent.Sampling;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Sound.Levels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>An agent in this process, on a real port, over simulated chips that the test can break.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RunningSampler _sampling;

    private RunningAgent(WebApplication app, RunningSampler sampling, SimulatedEnviro chips)
    {
        (_app, _sampling) = (app, sampling);
        Chips = chips;
        Url = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Url };
    }

    public SimulatedEnviro Chips { get; }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>By default with every sensor, none of which takes long to warm up.</summary>
    public static async Task<RunningAgent> StartAsync(string dataDirectory, int port = 0, Action<IServiceCollection>? configure = null, EnviroHatOptions? hat = null, bool metrics = false)
    {
        var options = new AgentOptions
        {
            Simulate = true,
            Interval = TimeSpan.FromMilliseconds(100),
            DataDirectory = dataDirectory,
            Urls = [$"http://127.0.0.1:{port}"],
            HostName = "pi-in-test",
            Metrics = metrics,
        };
        var chips = new SimulatedEnviro();
        hat ??= new EnviroHatOptions
        {
            Pms5003 = new Pms5003Settings { WarmUp = TimeSpan.Zero },
            Sound = new SoundLevelMeterOptions(),
            Mics6814 = new Mics6814Settings { WarmUp = TimeSpan.Zero, Calibration = chips.Mics6814.CleanAir },
            HeatCompensation = SimulatedEnviro.HeatCompensation,
            AltitudeMetres = 420,
        };
        var sampling = RunningSampler.Start(EnviroHat.OpenOn(chips.Header, hat), options);
        var app = AgentHost.Build(options, sampling, services =>
        {
            services.AddLogging(static logging => logging.ClearProviders());
            configure?.Invoke(services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAgent(app, sampling, chips);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _sampling.DisposeAsync();
    }
}
