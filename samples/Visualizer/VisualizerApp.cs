using System.Net.Sockets;
using ElectricBrain.Samples.Visualizer.Components;
using ElectricBrain.Samples.Visualizer.Engine;
using ElectricBrain.Samples.Visualizer.Feed;
using ElectricBrain.Samples.Visualizer.Security;
using ElectricBrain.Swarm.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

namespace ElectricBrain.Samples.Visualizer;

/// <summary>The web application, ready to start.</summary>
internal sealed partial class VisualizerApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly VisualizerOptions _options;

    private VisualizerApp(WebApplication web, VisualizerOptions options) => (_web, _options) = (web, options);

    public IServiceProvider Services => _web.Services;

    /// <summary>Where the page is served, once started.</summary>
    public IEnumerable<string> Addresses => _web.Urls;

    /// <exception cref="StartupException">The engine's address cannot be used.</exception>
    public static VisualizerApp Build(VisualizerOptions options, EngineSource? source = null, TimeProvider? clock = null)
    {
        var engine = source ?? EngineSource.For(options);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(VisualizerApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls([.. options.Addresses.Select(address => address.OriginalString)]);
        ConfigureLogging(builder.Logging);


        // Open pages would hold up the end for half a minute; they find back by themselves.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(services => new ClusterWatcher(services.GetRequiredService<EngineSource>().Connection));
        builder.Services.AddSingleton<ClusterFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ClusterFeed>());
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();

        // Nothing is worth keeping over a restart, so no key is written to a disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddTokenSignIn(options);
        return new VisualizerApp(Map(builder.Build(), options), options);
    }

    /// <exception cref="StartupException">An address cannot be served.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw StartupException.CannotListen(_options.Addresses, "the port is in use by another program.");
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException)
        {
            throw StartupException.CannotListen(_options.Addresses, error.Message + ".");
        }

        var logger = _web.Services.GetRequiredService<ILogger<VisualizerApp>>();
        LogServing(logger, string.Join(", ", _web.Urls), _web.Services.GetRequiredService<EngineSource>().Description);
    }

    public Task WaitForShutdownAsync() => _web.WaitForShutdownAsync();

    public async ValueTask DisposeAsync() => await _web.DisposeAsync();

    private static WebApplication Map(WebApplication web, VisualizerOptions options)
    {
        web.UseMiddleware<PageHeaders>();
        web.UseRateLimiter();
        web.UseAuthentication();
        web.UseAuthorization();
        web.UseAntiforgery();
        web.MapStaticAssets().AllowAnonymous();
        web.MapGet("/health", () => Results.Text("ok")).AllowAnonymous();
        web.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return web;
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("ElectricBrain", LogLevel.Information);

        // The keys are ephemeral, of which this warning does not know.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // A failed start is told in one line by the program itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    [LoggerMessage(1, LogLevel.Information, "The page is on {Addresses}, showing {Source}.")]
    private static partial void LogServing(ILogger logger, string addresses, string source);
}
