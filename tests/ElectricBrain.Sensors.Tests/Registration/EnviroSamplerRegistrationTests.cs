using ElectricBrain.Sensors.Enviro;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ElectricBrain.Sensors.Tests.Registration;

public sealed class EnviroSamplerRegistrationTests
{
    [Fact]
    public async Task AddEnviroSampler_BadOptions_AreAllNamedWhenTheHostStarts()
    {
        await using var provider = new ServiceCollection()
            .AddEnviroHat(options => options.Simulate = true)
            .AddEnviroSampler(options => (options.Bme280, options.Pms5003) = (TimeSpan.Zero, TimeSpan.FromDays(2)))
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(2, exception.Failures.Count());
        Assert.Contains("Bme280 is 00:00:00", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pms5003 is 2.00:00:00", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddEnviroSampler_HatRegistered_SamplesIt()
    {
        await using var provider = new ServiceCollection().AddEnviroHat(options => options.Simulate = true).AddEnviroSampler().BuildServiceProvider();
        var sampler = provider.GetRequiredService<EnviroSampler>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = sampler.RunAsync(stop.Token);

        await using var readings = sampler.Subscribe().GetAsyncEnumerator(stop.Token);
        Assert.True(await readings.MoveNextAsync());
        Assert.True(readings.Current.IsSimulated);

        await stop.CancelAsync();
        await run;
    }
}
