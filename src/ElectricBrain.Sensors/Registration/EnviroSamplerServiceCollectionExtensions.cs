using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Registration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registration is found where every host looks for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sampler of the Enviro hat.</summary>
public static class EnviroSamplerServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="EnviroSampler"/> as a singleton that samples while the host runs, and the <see cref="EnviroHat"/> that it reads
    /// unless <see cref="EnviroHatServiceCollectionExtensions.AddEnviroHat"/> has. The options are checked when the host starts.
    /// </summary>
    public static IServiceCollection AddEnviroSampler(this IServiceCollection services, Action<EnviroSamplerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddEnviroHat();
        var options = services.AddOptions<EnviroSamplerOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EnviroSamplerOptions>, EnviroSamplerOptionsValidator>());
        options.ValidateOnStart();
        services.TryAddSingleton(provider => new EnviroSampler(
            provider.GetRequiredService<EnviroHat>(),
            provider.GetRequiredService<IOptions<EnviroSamplerOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<EnviroSampler>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EnviroSamplerHostedService>());
        return services;
    }
}
