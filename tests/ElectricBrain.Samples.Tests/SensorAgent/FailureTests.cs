using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class FailureTests
{
    [Fact]
    public void Describe_OtherChipsAtTheAddresses_NamesThemAndTheRemedyInOneLine()
    {
        var chips = new SimulatedEnviro();
        chips.Bme280.ChipId = 0x58;
        chips.Ltr559.IsConnected = false;
        var exception = Assert.Throws<SensorException>(() => EnviroHat.OpenOn(chips.Bus));

        var failure = Failure.Describe(exception)!;

        Assert.Equal(ExitCode.Sensor, failure.ExitCode);
        Assert.Contains("0x58", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0x76", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("--simulate", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Describe_Bug_IsLeftWithItsTrace() => Assert.Null(Failure.Describe(new InvalidOperationException()));
}
