using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Tests.Clocks;
using Microsoft.Extensions.DependencyInjection;

namespace ElectricBrain.Sensors.Tests.Registration;

public sealed class EnviroHatRegistrationTests
{
    [Fact]
    public async Task AddEnviroHat_Simulate_GivesOneHatOnTheContainersClock()
    {
        var clock = new VirtualTimeProvider();
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddEnviroHat(options => options.Simulate = true)
            .BuildServiceProvider();

        var hat = provider.GetRequiredService<EnviroHat>();
        var reading = await hat.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Same(hat, provider.GetRequiredService<EnviroHat>());
        Assert.Equal(clock.GetUtcNow(), reading.Timestamp);
        Assert.True(reading.IsSimulated);
    }
}
