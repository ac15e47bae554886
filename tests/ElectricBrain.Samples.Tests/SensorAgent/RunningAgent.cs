using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>An agent in this process, on a real port, over simulated chips that the test can break.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningAgent(WebApplication app, SimulatedEnviro chips)
    {
        _app = app;
        Chips = chips;
        Url = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Url };
    }

    public SimulatedEnviro Chips { get; }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningAgent> StartAsync(string dataDirectory, int port = 0, Action<IServiceCollection>? configure = null)
    {
        var options = new AgentOptions
        {
            Simulate = true,
            Interval = TimeSpan.FromMilliseconds(100),
            DataDirectory = dataDirectory,
            Urls = [$"http://127.0.0.1:{port}"],
            HostName = "pi-in-test",
        };
        var chips = new SimulatedEnviro();
        var app = AgentHost.Build(options, services =>
        {
            services.AddSingleton(EnviroHat.OpenOn(chips.Bus));
            services.AddLogging(static logging => logging.ClearProviders());
            configure?.Invoke(services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAgent(app, chips);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
