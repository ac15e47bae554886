using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Simulation.Scenes;

/// <summary>
/// A place by a window: temperature, light and humidity follow the day, pressure the weather, and now and then somebody passes by.
/// Humidity follows from temperature and a slowly changing dew point, as in real air; meals and the traffic of rush hours bring
/// gases and particles. The processor beside the hat works a little.
/// </summary>
public sealed class DayCycleScene : EnviroScene
{
    private readonly SmoothNoise _weather;
    private readonly SmoothNoise _draught;
    private readonly SmoothNoise _dewPoint;
    private readonly SmoothNoise _pressureSystem;
    private readonly SmoothNoise _gust;
    private readonly SmoothNoise _cloud;
    private readonly SmoothNoise _visitor;
    private readonly SmoothNoise _reflection;
    private readonly SmoothNoise _talk;
    private readonly SmoothNoise _clatter;
    private readonly SmoothNoise _meal;
    private readonly SmoothNoise _traffic;
    private readonly SmoothNoise _work;
    private readonly SmoothNoise _task;

    /// <summary>Creates the scene.</summary>
    /// <param name="seed">The same seed gives the same days.</param>
    public DayCycleScene(int seed = 0)
    {
        _weather = new SmoothNoise(seed, 1, TimeSpan.FromHours(5));
        _draught = new SmoothNoise(seed, 2, TimeSpan.FromSeconds(25));
        _dewPoint = new SmoothNoise(seed, 3, TimeSpan.FromHours(9));
        _pressureSystem = new SmoothNoise(seed, 4, TimeSpan.FromHours(40));
        _gust = new SmoothNoise(seed, 5, TimeSpan.FromSeconds(7));
        _cloud = new SmoothNoise(seed, 6, TimeSpan.FromMinutes(6));
        _visitor = new SmoothNoise(seed, 7, TimeSpan.FromSeconds(20));
        _reflection = new SmoothNoise(seed, 8, TimeSpan.FromSeconds(2));
        _talk = new SmoothNoise(seed, 21, TimeSpan.FromMinutes(4));
        _clatter = new SmoothNoise(seed, 22, TimeSpan.FromSeconds(0.7));
        _meal = new SmoothNoise(seed, 9, TimeSpan.FromMinutes(4));
        _traffic = new SmoothNoise(seed, 10, TimeSpan.FromMinutes(11));
        _work = new SmoothNoise(seed, 31, TimeSpan.FromMinutes(25));
        _task = new SmoothNoise(seed, 32, TimeSpan.FromMinutes(2));
    }

    /// <inheritdoc/>
    public override EnviroConditions At(DateTimeOffset time)
    {
        var hour = time.TimeOfDay.TotalHours;
        var temperature = 20.5 + 3.5 * Math.Cos(Math.Tau * (hour - 15.5) / 24) + 0.9 * _weather.At(time) + 0.06 * _draught.At(time);
        var dewPoint = 9.5 + 2.5 * _dewPoint.At(time) + 0.05 * _draught.At(time);
        var humidity = 100 * WaterVapour.SaturationPascals(dewPoint) / WaterVapour.SaturationPascals(temperature);

        // The atmosphere's own tide peaks around ten o'clock, twice a day.
        var pressure = 101_325 + 900 * _pressureSystem.At(time) + 70 * Math.Cos(Math.Tau * (hour - 10) / 12) + 2 * _gust.At(time);

        var sun = Math.Max(0, Math.Sin(Math.PI * (hour - 6) / 12));
        var light = 0.3 + 9_000 * Math.Pow(sun, 1.3) * (0.6 + 0.4 * _cloud.At(time));
        var meal = (Peak(hour, 7.5) + Peak(hour, 12.5) + Peak(hour, 19)) * (0.7 + 0.3 * _meal.At(time));
        var traffic = (Peak(hour, 8) + Peak(hour, 17.5)) * (0.7 + 0.3 * _traffic.At(time));
        return new EnviroConditions(temperature, Math.Clamp(humidity, 5, 98), pressure, light, Proximity(time))
        {
            Gas = new GasConcentrations(
                CarbonMonoxidePpm: GasConcentrations.CleanAir.CarbonMonoxidePpm + 6 * meal + 2 * traffic,
                NitrogenDioxidePpm: GasConcentrations.CleanAir.NitrogenDioxidePpm + 0.05 * meal + 0.1 * traffic,
                AmmoniaPpm: GasConcentrations.CleanAir.AmmoniaPpm + 1.5 * meal),
            Particles = new ParticleConcentrations(
                Pm1MicrogramsPerCubicMetre: 3 + 20 * meal + 6 * traffic,
                Pm25MicrogramsPerCubicMetre: 5 + 45 * meal + 10 * traffic,
                Pm10MicrogramsPerCubicMetre: 6 + 55 * meal + 18 * traffic),
            SoundLevelDecibels = Sound(time, hour),

            // Some work now and then, on a board without a fan.
            CpuTemperatureCelsius = temperature + 27 + 4 * _work.At(time) + 1.5 * _task.At(time),
        };
    }

    /// <summary>An hour of the day and some twenty minutes to both sides of it, 0 to 1.</summary>
    private static double Peak(double hour, double at) => Math.Exp(-Math.Pow((hour - at) / 0.35, 2));

    private int Proximity(DateTimeOffset time)
    {
        var near = Math.Max(0, _visitor.At(time) - 0.8) / 0.2;
        return (int)(6 + 2 * _reflection.At(time) + 900 * near);
    }

    /// <summary>A room that is quiet at night, with people in it by day.</summary>
    private double Sound(DateTimeOffset time, double hour)
    {
        var activity = Math.Max(0, Math.Sin(Math.PI * (hour - 6) / 17));
        return 29 + activity * (14 + 8 * _talk.At(time) + 6 * Math.Max(0, _clatter.At(time)));
    }
}
