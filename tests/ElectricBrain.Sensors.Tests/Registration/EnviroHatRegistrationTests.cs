using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Tests.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    [Fact]
    public async Task AddEnviroHat_WrongOptions_AllAreNamedWhenTheHostStarts()
    {
        await using var provider = new ServiceCollection()
            .AddEnviroHat(options =>
            {
                options.Bme280Address = 0x40;
                options.AltitudeMetres = 9_000;
                options.Board = EnviroBoard.EnviroMini;
                options.Pms5003 = new Pms5003Settings { Mode = Pms5003Mode.Passive };
                options.Bme280 = new Bme280Settings { Temperature = Bme280Oversampling.Skip };
                options.Ltr559 = null!;
                options.Mics6814 = new Mics6814Settings { HeaterPin = -1 };
                options.Sound = new SoundLevelMeterOptions { Channel = 7 };
                options.MicrophoneDevice = " ";
                options.HeatCompensation = new() { Factor = 0 };
                options.Header.I2cBus = -1;
            })
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        string[] fields = ["Bme280Address", "AltitudeMetres", "Pms5003 is set, but Board", "Pms5003: Mode", "Bme280:", "Ltr559 is null", "Mics6814: HeaterPin", "Sound: Channel", "MicrophoneDevice", "HeatCompensation: Factor", "Header:"];
        Assert.Equal(fields.Length, exception.Failures.Count());
        Assert.All(fields, field => Assert.Single(exception.Failures, failure => failure.StartsWith(field, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AddEnviroHat_RemoteHeaderThatCannotBe_IsNamedWhenTheHostStarts()
    {
        await using var provider = new ServiceCollection()
            .AddEnviroHat(options =>
            {
                options.RemoteHeader = new RgpiodHeaderOptions { Host = "pi zero" };
                options.Simulate = true;
                options.Sound = new SoundLevelMeterOptions();
            })
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        string[] fields = ["RemoteHeader and Simulate are both set", "Sound is set, but RemoteHeader is too, and rgpiod cannot carry a microphone", "RemoteHeader: Host is 'pi zero'"];
        Assert.Equal(fields.Length, exception.Failures.Count());
        Assert.All(fields, field => Assert.Single(exception.Failures, failure => failure.StartsWith(field, StringComparison.Ordinal)));
    }

    [Fact]
    public void AddEnviroHat_RemoteHeader_IsWhereTheHatIsLookedFor()
    {
        using var provider = new ServiceCollection()
            .AddEnviroHat(static options => options.RemoteHeader = new RgpiodHeaderOptions { Host = "127.0.0.1", Port = 1 })
            .BuildServiceProvider();

        var exception = Assert.Throws<SensorException>(provider.GetRequiredService<EnviroHat>);

        Assert.StartsWith("rgpiod at 127.0.0.1:1 refuses the connection.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddEnviroHat_Defaults_AreValid()
    {
        using var provider = new ServiceCollection().AddEnviroHat().BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
