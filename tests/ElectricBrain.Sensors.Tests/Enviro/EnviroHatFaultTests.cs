using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Enviro;

/// <summary>Whatever happens to the chips, in any order: a reading never throws, and what it shows is true.</summary>
public sealed class EnviroHatFaultTests
{
    private static readonly EnviroConditions Room = new(22.1, 41.5, 99_870, 250, 40);

    private static readonly Gen<Action<SimulatedEnviro>> Event = Gen.Select(Gen.Bool, Gen.Int[0, 6], Gen.Int[1, 12]).Select((climate, what, transfers) =>
        (Action<SimulatedEnviro>)(chips => Do(chips, climate ? chips.Bme280 : chips.Ltr559, what, transfers)));

    [Fact]
    public Task ReadAsync_AnyFaults_NeverThrowsNorShowsAWrongValue() =>
        Gen.Select(Gen.Enum<Bme280Mode>(), Event.Array[1, 12], Gen.Int[1, 1_500].Array[12]).SampleAsync(async (mode, events, pauses) =>
        {
            var clock = new VirtualTimeProvider();
            var chips = new SimulatedEnviro(EnviroScene.Constant(Room), clock);
            using var hat = EnviroHat.OpenOn(chips.Bus, new EnviroHatOptions { Bme280 = new Bme280Settings { Mode = mode } }, clock);
            for (var i = 0; i < events.Length; i++)
            {
                events[i](chips);
                clock.Advance(TimeSpan.FromMilliseconds(pauses[i]));
                AssertTrue(await hat.ReadAsync());
            }

            Repair(chips);
            for (var i = 0; i < 5; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                AssertTrue(await hat.ReadAsync());
            }

            var recovered = await hat.ReadAsync();
            Assert.NotNull(recovered.TemperatureCelsius);
            Assert.NotNull(recovered.RelativeHumidityPercent);
            Assert.NotNull(recovered.PressurePascals);
            Assert.NotNull(recovered.IlluminanceLux);
            Assert.NotNull(recovered.ProximityCounts);
        });

    private static void Do(SimulatedEnviro chips, SimulatedChip chip, int what, int transfers)
    {
        switch (what)
        {
            case 0:
                chip.FailNext(I2cFault.NotAcknowledged, transfers);
                break;
            case 1:
                chip.FailNext(I2cFault.TimedOut, transfers);
                break;
            case 2:
                chip.PowerCycle();
                break;
            case 3:
                chip.IsConnected = !chip.IsConnected;
                break;
            case 4:
                chips.Bme280.IsMeasuringStuck = chips.Ltr559.IsMeasuringStuck = transfers > 6;
                break;
            case 5:
                chips.Bme280.IsResetStuck = chips.Ltr559.IsResetStuck = transfers > 6;
                break;
            default:
                chips.Ltr559.IsLightInvalid = transfers > 6;
                break;
        }
    }

    private static void Repair(SimulatedEnviro chips)
    {
        chips.Bme280.FailNext(I2cFault.TimedOut, 0);
        chips.Ltr559.FailNext(I2cFault.TimedOut, 0);
        chips.Bme280.IsConnected = chips.Ltr559.IsConnected = true;
        chips.Bme280.IsMeasuringStuck = chips.Ltr559.IsMeasuringStuck = false;
        chips.Bme280.IsResetStuck = chips.Ltr559.IsResetStuck = false;
        chips.Ltr559.IsLightInvalid = false;
    }

    private static void AssertTrue(EnviroReading reading)
    {
        Assert.Equal(Room.TemperatureCelsius, reading.TemperatureCelsius ?? Room.TemperatureCelsius, 0.006);
        Assert.Equal(Room.RelativeHumidityPercent, reading.RelativeHumidityPercent ?? Room.RelativeHumidityPercent, 0.02);
        Assert.Equal(Room.PressurePascals, reading.PressurePascals ?? Room.PressurePascals, 3.0);
        Assert.Equal(Room.IlluminanceLux, reading.IlluminanceLux ?? Room.IlluminanceLux, 1.0);
        Assert.Equal(Room.ProximityCounts, reading.ProximityCounts ?? Room.ProximityCounts);
    }
}
