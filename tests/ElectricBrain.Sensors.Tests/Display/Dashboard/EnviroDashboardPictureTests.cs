using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Display.Dashboard;

/// <summary>Every page, and every page in trouble, as a person has seen and approved it.</summary>
public sealed class EnviroDashboardPictureTests
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly EnviroDashboard _dashboard;

    public EnviroDashboardPictureTests() => _dashboard = new EnviroDashboard(new EnviroDashboardOptions { Pages = Enum.GetValues<EnviroPage>() }, _clock);

    public static TheoryData<EnviroPage> Pages => [.. Enum.GetValues<EnviroPage>()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Render_WorkingHat_LooksAsApproved(EnviroPage page)
    {
        Room.Feed(_dashboard, _clock, 0, 700, Room.At);

        Verify(page, $"{page}");
    }

    [Theory]
    [InlineData(EnviroPage.Overview)]
    [InlineData(EnviroPage.TemperatureNumber)]
    [InlineData(EnviroPage.TemperatureGraph)]
    [InlineData(EnviroPage.GasGraph)]
    [InlineData(EnviroPage.Levels)]
    [InlineData(EnviroPage.Health)]
    public void Render_SensorsFailed_SaysWhyAndShowsNoOldNumber(EnviroPage page)
    {
        Room.Feed(_dashboard, _clock, 0, 600, Room.At);
        Room.Feed(_dashboard, _clock, 600, 700, Broken);

        Verify(page, $"{page}.failed");
    }

    [Theory]
    [InlineData(EnviroPage.Overview)]
    [InlineData(EnviroPage.PressureNumber)]
    [InlineData(EnviroPage.LightGraph)]
    [InlineData(EnviroPage.Levels)]
    [InlineData(EnviroPage.Health)]
    public void Render_NoReadingsAnyMore_SaysSoAndShowsNoOldNumber(EnviroPage page)
    {
        Room.Feed(_dashboard, _clock, 0, 700, Room.At);
        _clock.Advance(TimeSpan.FromSeconds(75));

        Verify(page, $"{page}.stale");
    }

    [Theory]
    [InlineData(EnviroPage.Overview)]
    [InlineData(EnviroPage.HumidityNumber)]
    [InlineData(EnviroPage.HumidityGraph)]
    [InlineData(EnviroPage.ParticleGraph)]
    [InlineData(EnviroPage.Levels)]
    [InlineData(EnviroPage.Health)]
    public void Render_SimulatedHat_IsMarked(EnviroPage page)
    {
        Room.Feed(_dashboard, _clock, 0, 700, static second => Room.At(second) with { IsSimulated = true });

        Verify(page, $"{page}.simulated");
    }

    [Theory]
    [InlineData(EnviroPage.Overview)]
    [InlineData(EnviroPage.Levels)]
    [InlineData(EnviroPage.Health)]
    public void Render_PlainEnviro_ShowsWhatItHas(EnviroPage page)
    {
        Room.Feed(_dashboard, _clock, 0, 700, Room.Plain);

        Verify(page, $"{page}.plain");
    }

    [Theory]
    [InlineData(EnviroPage.Overview)]
    [InlineData(EnviroPage.TemperatureNumber)]
    [InlineData(EnviroPage.TemperatureGraph)]
    public void Render_BeforeTheFirstReading_SaysSo(EnviroPage page) => Verify(page, $"{page}.empty");

    [Fact]
    public void Render_FrostAndSunlight_HaveRoom()
    {
        Room.Feed(_dashboard, _clock, 0, 700, static second => Room.At(second) with { TemperatureCelsius = -24.6, IlluminanceLux = 63_999, PressurePascals = 98_765 });

        Verify(EnviroPage.TemperatureNumber, "TemperatureNumber.frost");
        Verify(EnviroPage.LightNumber, "LightNumber.sunlight");
        Verify(EnviroPage.Overview, "Overview.extreme");
        Verify(EnviroPage.LightGraph, "LightGraph.sunlight");
    }

    [Fact]
    public void Render_FewReadings_StartAtTheRight()
    {
        Room.Feed(_dashboard, _clock, 0, 60, Room.At);

        Verify(EnviroPage.SoundGraph, "SoundGraph.start");
    }

    private void Verify(EnviroPage page, string name)
    {
        var frame = new FrameBuffer(EnviroDashboard.Width, EnviroDashboard.Height);
        if (_dashboard.Pages.Contains(page))
        {
            _dashboard.Show(page);
        }

        Assert.True(_dashboard.Render(frame));
        Golden.Verify(frame, name);
    }

    private static EnviroReading Broken(int second)
    {
        var reading = Room.At(second);
        var since = Room.At(600).Timestamp;
        return reading with
        {
            TemperatureCelsius = null,
            RelativeHumidityPercent = null,
            PressurePascals = null,
            Gas = null,
            Particles = null,
            Sound = null,
            Bme280 = new SensorHealth(SensorState.Failed, since, SensorFault.NoAnswer, "It does not answer."),
            Mics6814 = new SensorHealth(SensorState.Failed, since, SensorFault.InvalidData, "It is open."),
            Pms5003 = new SensorHealth(SensorState.WarmingUp, Room.At(690).Timestamp),
            Microphone = new SensorHealth(SensorState.Failed, since, SensorFault.PermissionDenied, "It is forbidden."),
        };
    }
}
