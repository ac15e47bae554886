using ElectricBrain.Sensors.Display.Pages;

namespace ElectricBrain.Sensors.Display.Dashboard;

/// <summary>Makes the pages of the sensors that a hat has.</summary>
internal static class EnviroPages
{
    /// <summary>The pages that have something to show, in the order that was asked for.</summary>
    public static List<(EnviroPage Name, Page Page)> Create(IEnumerable<EnviroPage> wanted, EnviroSeries series)
    {
        var pages = wanted.Where(name => HasSensor(name, series)).Select(name => (name, Create(name, series))).ToList();

        // What was asked for may all need sensors that are not there: then that is shown.
        return pages.Count > 0 ? pages : [(EnviroPage.Health, new HealthPage())];
    }

    private static bool HasSensor(EnviroPage page, EnviroSeries series) => page switch
    {
        EnviroPage.SoundNumber or EnviroPage.SoundGraph => series.HasSound,
        EnviroPage.GasGraph => series.HasGas,
        EnviroPage.ParticleGraph => series.HasParticles,
        _ => true,
    };

    private static Page Create(EnviroPage page, EnviroSeries series) => page switch
    {
        EnviroPage.Overview => new OverviewPage(series.HasGas ? "Enviro+" : "Enviro", Values(series)),
        EnviroPage.TemperatureNumber => new BigNumberPage(series.Temperature),
        EnviroPage.HumidityNumber => new BigNumberPage(series.Humidity),
        EnviroPage.PressureNumber => new BigNumberPage(series.Pressure),
        EnviroPage.LightNumber => new BigNumberPage(series.Light),
        EnviroPage.SoundNumber => new BigNumberPage(series.Sound),
        EnviroPage.TemperatureGraph => new GraphPage(series.Temperature),
        EnviroPage.HumidityGraph => new GraphPage(series.Humidity),
        EnviroPage.PressureGraph => new GraphPage(series.Pressure),
        EnviroPage.LightGraph => new GraphPage(series.Light),
        EnviroPage.SoundGraph => new GraphPage(series.Sound),
        EnviroPage.GasGraph => new ComparisonPage("Gases", series.Gases),
        EnviroPage.ParticleGraph => new ComparisonPage("Particles", series.Particles),
        EnviroPage.Levels => new BarsPage("Levels", Rated(series)),
        EnviroPage.Health => new HealthPage(),
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "There is no such page."),
    };

    private static Series[] Values(EnviroSeries series) =>
    [
        series.Temperature, series.Humidity, series.Pressure, series.Light,
        .. series.HasSound ? [series.Sound] : Array.Empty<Series>(),
        .. series.HasParticles ? [series.Particles[1]] : Array.Empty<Series>(),
        .. series.HasGas ? series.Gases : [],
    ];

    private static Series[] Rated(EnviroSeries series) =>
    [
        series.Temperature, series.Humidity, series.Light,
        .. series.HasSound ? [series.Sound] : Array.Empty<Series>(),
        .. series.HasParticles ? [series.Particles[1], series.Particles[2]] : Array.Empty<Series>(),
    ];
}
