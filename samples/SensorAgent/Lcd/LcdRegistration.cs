using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Samples.SensorAgent.Lcd;

/// <summary>Registers what shows the readings on the hat's display.</summary>
internal static class LcdRegistration
{
    public static void AddLcd(this IServiceCollection services, AgentOptions options)
    {
        if (options.Display == DisplayMode.Off)
        {
            return;
        }

        services.AddSingleton<LcdPicture>();
        var hat = HatSelection.From(options).Configure(options, new HatCalibrations());
        services.AddSingleton(provider => HeaderOf(hat, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var timeProvider = provider.GetRequiredService<TimeProvider>();
            return new LcdPanel(
                hat.Simulate ? null : () => St7735Display.OpenOn(provider.GetRequiredService<BoardHeader>(), timeProvider: timeProvider),
                timeProvider,
                provider.GetRequiredService<ILogger<LcdPanel>>());
        });
        services.AddHostedService<LcdService>();
    }

    /// <summary>Not the hat's own: its pictures hold up no reading.</summary>
    private static BoardHeader HeaderOf(EnviroHatOptions hat, TimeProvider timeProvider) =>
        hat.RemoteHeader is { } remote ? new RgpiodHeader(remote, timeProvider) : new LocalHeader(hat.Header);
}
