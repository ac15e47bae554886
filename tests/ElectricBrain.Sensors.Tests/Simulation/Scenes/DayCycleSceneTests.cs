using CsCheck;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Tests.Simulation.Scenes;

public sealed class DayCycleSceneTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> Time = Gen.Long[0, TimeSpan.TicksPerDay * 400].Select(ticks => Midnight + TimeSpan.FromTicks(ticks));

    [Fact]
    public void At_AnyTimeAndSeed_IsWhatARoomCanBe() =>
        Gen.Select(Gen.Int, Time).Sample((seed, time) =>
        {
            var conditions = new DayCycleScene(seed).At(time);
            return conditions.TemperatureCelsius is > 10 and < 32
                && conditions.RelativeHumidityPercent is >= 5 and <= 98
                && conditions.PressurePascals is > 100_000 and < 102_500
                && conditions.IlluminanceLux is > 0 and < 10_000
                && conditions.ProximityCounts is >= 0 and <= 2047
                && conditions.Gas is { CarbonMonoxidePpm: > 4 and < 30, NitrogenDioxidePpm: > 0.1 and < 1, AmmoniaPpm: > 0.6 and < 5 }
                && conditions.Particles.Pm1MicrogramsPerCubicMetre is > 2 and < 100
                && conditions.Particles.Pm25MicrogramsPerCubicMetre > conditions.Particles.Pm1MicrogramsPerCubicMetre
                && conditions.Particles.Pm10MicrogramsPerCubicMetre > conditions.Particles.Pm25MicrogramsPerCubicMetre;
        });

    [Fact]
    public void At_SameSeed_IsTheSame() =>
        Gen.Select(Gen.Int, Time).Sample((seed, time) => new DayCycleScene(seed).At(time) == new DayCycleScene(seed).At(time));

    [Fact]
    public void At_OtherSeed_IsAnother() =>
        Assert.NotEqual(new DayCycleScene(1).At(Midnight), new DayCycleScene(2).At(Midnight));

    [Fact]
    public void At_OneSecondLater_HasHardlyChanged() =>
        Gen.Select(Gen.Int, Time).Sample((seed, time) =>
        {
            var scene = new DayCycleScene(seed);
            var (now, later) = (scene.At(time), scene.At(time.AddSeconds(1)));
            return Math.Abs(now.TemperatureCelsius - later.TemperatureCelsius) < 0.02
                && Math.Abs(now.PressurePascals - later.PressurePascals) < 2;
        });

    [Fact]
    public void At_Dinner_SmellsMoreThanTheSmallHours()
    {
        var scene = new DayCycleScene();

        var (night, dinner) = (scene.At(Midnight.AddHours(3)), scene.At(Midnight.AddHours(19)));

        Assert.True(dinner.Particles.Pm25MicrogramsPerCubicMetre > 3 * night.Particles.Pm25MicrogramsPerCubicMetre);
        Assert.True(dinner.Gas.CarbonMonoxidePpm > night.Gas.CarbonMonoxidePpm + 2);
    }

    [Fact]
    public void At_Day_IsWarmerAndBrighterAndDrierThanNight()
    {
        var scene = new DayCycleScene();

        var (night, day) = (scene.At(Midnight.AddHours(3)), scene.At(Midnight.AddHours(15)));

        Assert.True(day.TemperatureCelsius > night.TemperatureCelsius + 3);
        Assert.True(day.IlluminanceLux > 1_000 && night.IlluminanceLux < 1);
        Assert.True(day.RelativeHumidityPercent < night.RelativeHumidityPercent);
    }
}
