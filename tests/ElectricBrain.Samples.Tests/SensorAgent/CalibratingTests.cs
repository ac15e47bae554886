using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class CalibratingTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task RunAsync_Gas_KeepsWhatTheAgentThenUses()
    {
        var output = await CalibrateAsync(CalibrationTarget.Gas);

        var calibrations = await HatCalibrations.LoadAsync(_data.Path, Cancellation);
        Assert.Contains($"kept in {Path.Combine(_data.Path, "gas.json")}", output, StringComparison.Ordinal);
        Assert.InRange(calibrations.Gas!.ReducingOhms, 100_000, 400_000);
    }

    [Fact]
    public async Task RunAsync_HeatOnce_AsksForTheOtherLoad()
    {
        var output = await CalibrateAsync(CalibrationTarget.Heat);

        Assert.Contains("Room 21.0 °C, hat", output, StringComparison.Ordinal);
        Assert.Contains("There is 1 observation. Take two at least", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", output, StringComparison.Ordinal);
        var calibrations = await HatCalibrations.LoadAsync(_data.Path, Cancellation);
        Assert.Null(calibrations.Heat);
        Assert.NotNull(calibrations.HeatProblem);
    }

    [Fact]
    public async Task LoadAsync_ObservationsAtRestAndUnderLoad_GiveTheCompensation()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_data.Path, "heat.json"),
            """
            { "observations": [
              { "referenceCelsius": 21, "measuredCelsius": 30, "cpuCelsius": 50, "takenAt": "2026-06-01T12:00:00Z" },
              { "referenceCelsius": 21, "measuredCelsius": 36, "cpuCelsius": 69, "takenAt": "2026-06-01T13:00:00Z" }] }
            """,
            Cancellation);

        var calibrations = await HatCalibrations.LoadAsync(_data.Path, Cancellation);

        Assert.Equal(2.21, calibrations.Heat!.Factor, 0.01);
        Assert.Null(calibrations.HeatProblem);
    }

    [Fact]
    public async Task LoadAsync_FileThatIsNoCalibration_EndsWithItsNameAndField()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "gas.json"), """{ "oxidizingOhms": 1 }""", Cancellation);

        var exception = await Assert.ThrowsAsync<AgentException>(() => HatCalibrations.LoadAsync(_data.Path, Cancellation));

        Assert.Equal(ExitCode.Store, exception.ExitCode);
        Assert.Contains("gas.json, line 1: field 'oxidizingOhms'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_NothingThere_CompensatesNothing() =>
        Assert.Equal(new HatCalibrations(), await HatCalibrations.LoadAsync(_data.Path, Cancellation));

    private async Task<string> CalibrateAsync(CalibrationTarget target)
    {
        var options = new AgentOptions
        {
            Simulate = true,
            Calibrate = target,
            ReferenceCelsius = 21,
            DataDirectory = _data.Path,
            Urls = [],
            HostName = "pi-in-test",
        };
        var output = new StringWriter();
        Assert.Equal(ExitCode.Success, await Calibrating.RunAsync(options, output, new JumpingClock(), Cancellation));
        return output.ToString();
    }
}
