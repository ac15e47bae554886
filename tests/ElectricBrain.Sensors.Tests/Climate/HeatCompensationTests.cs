using CsCheck;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Climate;

public sealed class HeatCompensationTests
{
    [Fact]
    public void Fit_ExactObservations_FindsTheFactorWithoutDoubt() =>
        Gen.Select(Gen.Double[0.6, 50], Gen.Double[15, 30], Gen.Double[35, 45], Gen.Double[60, 80]).Sample((factor, room, rest, load) =>
        {
            var place = new HeatCompensation { Factor = factor };

            var fitted = HeatCompensation.Fit([Observe(place, room, rest), Observe(place, room, load), Observe(place, room + 2, load)]);

            Assert.Equal(1, fitted.Factor / factor, 1e-9);
            Assert.Equal(0, fitted.ResidualKelvin!.Value, 1e-9);
            Assert.Equal(0, fitted.FactorUncertainty!.Value, 1e-6 * factor);
        });

    /// <summary>By hand: x = 20, 30, 40 and y = 10, 12, 18 K give a slope of 1280/2900 and residuals of 1.172, -1.241 and 0.345 K.</summary>
    [Fact]
    public void Fit_NoisyObservations_IsTheLeastSquaresLineWithItsUncertainty()
    {
        var fitted = HeatCompensation.Fit([new(20, 30, 50, default), new(20, 32, 62, default), new(20, 38, 78, default)]);

        Assert.Equal(2900 / 1280.0, fitted.Factor, 1e-9);
        Assert.Equal(1.2319, fitted.ResidualKelvin!.Value, 1e-3);
        Assert.Equal(0.1174, fitted.FactorUncertainty!.Value, 1e-3);
    }

    [Fact]
    public void Fit_OneObservation_AsksForAnother() =>
        Assert.StartsWith("There is 1 observation. Take two at least", Refused(new HeatObservation(20, 28, 50, default)), StringComparison.Ordinal);

    [Fact]
    public void Fit_ProcessorAlwaysAlike_AsksForAnotherLoad() =>
        Assert.Matches("The processor was at 50.0 to 54.9 °C throughout.* 5 K away", Refused(new(20, 28, 50, default), new(20, 29, 54.9, default)));

    [Theory]
    [InlineData(28, 29)]
    [InlineData(20, 20)]
    public void Fit_HatNotWarmerThanTheRoom_SaysSo(double atRest, double underLoad) =>
        Assert.Contains("the hat is not warmer than the room", Refused(new(30, atRest, 50, default), new(30, underLoad, 70, default)), StringComparison.Ordinal);

    [Fact]
    public void Fit_ImplausibleTemperature_NamesTheObservation() =>
        Assert.Contains("ReferenceCelsius = 212", Refused(new(212, 28, 50, default), new(20, 33, 65, default)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.49)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    public void Validate_ImpossibleFactor_Refuses(double factor) =>
        Assert.Contains("must be 0.5 to 100", Assert.Throws<ArgumentException>(() => new HeatCompensation { Factor = factor }.Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void Take_StepOfTheProcessor_IsFollowedInMinutesWhateverTheRate()
    {
        Assert.Equal(50 + 20 * (1 - Math.Exp(-1)), AfterOneMinute(TimeSpan.FromSeconds(1)), 1e-6);
        Assert.Equal(50 + 20 * (1 - Math.Exp(-1)), AfterOneMinute(TimeSpan.FromSeconds(60)), 1e-6);

        static double AfterOneMinute(TimeSpan step)
        {
            var clock = new VirtualTimeProvider();
            var average = default(ThermalAverage);
            Assert.Equal(50, average.Take(50, clock));
            var last = 0.0;
            while (clock.Elapsed < TimeSpan.FromMinutes(1))
            {
                clock.Advance(step);
                last = average.Take(70, clock);
            }

            return last;
        }
    }

    private static HeatObservation Observe(HeatCompensation place, double room, double cpu) => new(room, place.HeatedCelsius(room, cpu), cpu, default);

    private static string Refused(params HeatObservation[] observations) => Assert.Throws<ArgumentException>(() => HeatCompensation.Fit(observations)).Message;
}
