using ElectricBrain.Sensors.Enviro;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registration is found where every host looks for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Enviro hat.</summary>
public static class EnviroHatServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="EnviroHat"/> as a singleton. It is opened when it is first asked for, with the <see cref="TimeProvider"/>
    /// and the logger of the container where there are ones.
    /// </summary>
    public static IServiceCollection AddEnviroHat(this IServiceCollection services, Action<EnviroHatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<EnviroHatOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EnviroHatOptions>, EnviroHatOptionsValidator>());
        options.ValidateOnStart();

        services.TryAddSingleton(provider => EnviroHat.Open(
            provider.GetRequiredService<IOptions<EnviroHatOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<EnviroHat>>()));
        return services;
    }
}
