using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Devices.Ltr559;

public sealed class Ltr559SensorTests
{
    private static readonly Ltr559Settings FixedGain = new() { AutoRange = false };

    private readonly VirtualTimeProvider _clock = new();
    private EnviroConditions _conditions = new(20, 50, 100_000, 321, 123);

    [Fact]
    public async Task InitializeAsync_Settings_AreWritten()
    {
        var chip = RegisterImage.OfLtr559();
        using var sensor = Sensor(chip, new Ltr559Settings
        {
            Gain = Ltr559Gain.X48,
            Integration = Ltr559Integration.Ms150,
            Repeat = Ltr559Repeat.Ms500,
            LedCurrent = Ltr559LedCurrent.Ma20,
            LedPulses = 4,
        });

        await sensor.InitializeAsync(Token);

        Assert.Equal(
            [(0x80, 0x02), (0x85, 0b00_100_011), (0x80, 0b000_110_01), (0x82, 0b011_11_010), (0x83, 4), (0x84, 2), (0x81, 0b10_0011)],
            chip.Writes);
    }

    [Fact]
    public async Task TryRead_BytesOfAChip_GivesItsValues()
    {
        var chip = RegisterImage.OfLtr559();
        // Channel 1 300, channel 0 700; new and valid at gain 4; proximity 0x2A5.
        chip.Set(0x88, "2C01BC0225A502");
        using var sensor = Sensor(chip, FixedGain);
        await sensor.InitializeAsync(Token);
        chip.Reads.Clear();

        Assert.True(sensor.TryRead(out var reading));

        Assert.Equal(new Ltr559Reading(1573.78 / 4, 0x2A5, false, Ltr559Gain.X4), reading);
        // Seen for the first time, both are read twice; the light with the settings before it.
        Assert.Equal([(0x8C, 3), (0x8D, 2), (0x80, 12), (0x80, 12)], chip.Reads);
        chip.Reads.Clear();
        Assert.True(sensor.TryRead(out _));
        Assert.Equal([(0x8C, 3), (0x80, 12)], chip.Reads);
    }

    [Fact]
    public async Task TryRead_StatusOfAnotherGain_IsDropped()
    {
        var chip = RegisterImage.OfLtr559();
        // The status is still that of gain 8, the data behind it may already be of gain 4.
        chip.Set(0x88, "2C01BC0235A502");
        using var sensor = Sensor(chip, FixedGain);
        await sensor.InitializeAsync(Token);

        Assert.False(sensor.TryRead(out var reading));
        Assert.Null(reading.IlluminanceLux);
    }

    [Fact]
    public async Task TryRead_BeforeTheFirstMeasurement_IsFalse()
    {
        using var sensor = Sensor(Chip(), FixedGain);
        await sensor.InitializeAsync(Token);

        Assert.False(sensor.TryRead(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(120));
        Assert.True(sensor.TryRead(out _));
    }

    [Theory]
    [InlineData(Ltr559Gain.X1, Ltr559Integration.Ms100)]
    [InlineData(Ltr559Gain.X2, Ltr559Integration.Ms50)]
    [InlineData(Ltr559Gain.X4, Ltr559Integration.Ms150)]
    [InlineData(Ltr559Gain.X8, Ltr559Integration.Ms200)]
    [InlineData(Ltr559Gain.X48, Ltr559Integration.Ms250)]
    [InlineData(Ltr559Gain.X96, Ltr559Integration.Ms100)]
    [InlineData(Ltr559Gain.X8, Ltr559Integration.Ms300)]
    [InlineData(Ltr559Gain.X8, Ltr559Integration.Ms350)]
    [InlineData(Ltr559Gain.X8, Ltr559Integration.Ms400)]
    public async Task TryRead_SimulatedChip_GivesTheConditionsWithinOneCount(Ltr559Gain gain, Ltr559Integration integration)
    {
        var settings = FixedGain with { Gain = gain, Integration = integration, Repeat = Ltr559Repeat.Ms500 };
        using var sensor = Sensor(Chip(), settings);
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(1));

        sensor.TryRead(out var reading);

        var count = 1.7743 / Ltr559Illuminance.Factor(gain) / (settings.IntegrationMilliseconds / 100.0);
        Assert.Equal(_conditions.IlluminanceLux, reading.IlluminanceLux!.Value, count);
        Assert.Equal(123, reading.ProximityCounts);
    }

    [Theory]
    [InlineData(0.05, Ltr559Gain.X96)]
    [InlineData(50, Ltr559Gain.X96)]
    [InlineData(900, Ltr559Gain.X48)]
    [InlineData(5_000, Ltr559Gain.X8)]
    [InlineData(30_000, Ltr559Gain.X2)]
    [InlineData(60_000, Ltr559Gain.X1)]
    public async Task TryRead_AutoRange_FindsTheGainForTheLight(double lux, Ltr559Gain expected)
    {
        _conditions = _conditions with { IlluminanceLux = lux };
        using var sensor = Sensor(Chip(), new Ltr559Settings());
        await sensor.InitializeAsync(Token);

        var reading = ReadLater(sensor, times: 4);

        Assert.Equal(expected, reading.Gain);
        Assert.Equal(lux, reading.IlluminanceLux!.Value, 0.02 + lux / 1_000);
    }

    [Fact]
    public async Task TryRead_LightJumps_NeverGivesAMixOfGains()
    {
        using var sensor = Sensor(Chip(), new Ltr559Settings());
        await sensor.InitializeAsync(Token);
        var levels = new[] { 0.5, 20_000, 300, 40_000, 2 };

        foreach (var level in levels)
        {
            _conditions = _conditions with { IlluminanceLux = level };
            _clock.Advance(TimeSpan.FromMilliseconds(200));
            for (var i = 0; i < 50; i++)
            {
                sensor.TryRead(out var reading);
                if (reading.IlluminanceLux is { } lux)
                {
                    Assert.Contains(levels, possible => Math.Abs(lux - possible) <= 1 + possible / 100);
                }

                _clock.Advance(TimeSpan.FromMilliseconds(17));
            }
        }
    }

    [Fact]
    public async Task TryRead_LightBeyondTheRange_IsNull()
    {
        _conditions = _conditions with { IlluminanceLux = 200_000 };
        using var sensor = Sensor(Chip(), FixedGain with { Gain = Ltr559Gain.X1 });
        await sensor.InitializeAsync(Token);

        Assert.Null(ReadLater(sensor).IlluminanceLux);
    }

    [Fact]
    public async Task TryRead_ProximitySaturated_IsNullAndMarked()
    {
        _conditions = _conditions with { ProximityCounts = 5_000 };
        using var sensor = Sensor(Chip(), FixedGain);
        await sensor.InitializeAsync(Token);

        var reading = ReadLater(sensor);

        Assert.Equal((null, true), (reading.ProximityCounts, reading.IsProximitySaturated));
    }

    [Fact]
    public async Task TryRead_ProximityOff_IsNullAndNotAwaited()
    {
        using var sensor = Sensor(Chip(), FixedGain with { Proximity = false });
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMilliseconds(200));

        Assert.True(sensor.TryRead(out var reading));
        Assert.Null(reading.ProximityCounts);
    }

    [Fact]
    public async Task TryRead_InvalidFlag_GivesNothingAndThenIsStuck()
    {
        var chip = Chip();
        chip.IsLightInvalid = true;
        using var sensor = Sensor(chip, FixedGain);
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMilliseconds(300));

        Assert.False(sensor.TryRead(out var reading));
        Assert.Null(reading.IlluminanceLux);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(SensorFault.Stuck, Assert.Throws<SensorException>(() => sensor.TryRead(out _)).Fault);
    }

    [Fact]
    public async Task TryRead_BetweenMeasurements_GivesTheLatest()
    {
        using var sensor = Sensor(Chip(), FixedGain);
        await sensor.InitializeAsync(Token);
        var first = ReadLater(sensor);

        Assert.True(sensor.TryRead(out var second));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task TryRead_StoppedMeasuring_IsAFaultAndNotTheOldValue()
    {
        var chip = Chip();
        using var sensor = Sensor(chip, FixedGain);
        await sensor.InitializeAsync(Token);
        ReadLater(sensor);
        chip.IsMeasuringStuck = true;

        var exception = Assert.Throws<SensorException>(() => ReadLater(sensor));

        Assert.Equal(SensorFault.Stuck, exception.Fault);
    }

    [Fact]
    public async Task TryRead_OnceAMinute_IsNotStuck()
    {
        using var sensor = Sensor(Chip(), new Ltr559Settings());
        await sensor.InitializeAsync(Token);

        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(sensor.TryRead(out var reading));
            Assert.NotNull(reading.IlluminanceLux);
        }
    }

    [Fact]
    public async Task InitializeAsync_NoAnswerDuringReset_IsWaitedFor()
    {
        var chip = RegisterImage.OfLtr559();
        chip.Written = (register, value) =>
        {
            if ((register, value) == (0x80, 0x02))
            {
                chip.FailNext(I2cFault.NotAcknowledged, transfers: 20);
            }
        };
        using var sensor = Sensor(chip, FixedGain);

        await sensor.InitializeAsync(Token);

        Assert.Equal((0x81, 0b10_0011), chip.Writes[^1]);
    }

    [Fact]
    public async Task InitializeAsync_ResetNeverEnds_IsStuck()
    {
        var chip = Chip();
        chip.IsResetStuck = true;
        using var sensor = Sensor(chip, FixedGain);

        Assert.Equal(SensorFault.Stuck, (await Assert.ThrowsAsync<SensorException>(async () => await sensor.InitializeAsync(Token))).Fault);
    }

    [Fact]
    public void Identify_AnotherChip_NamesItsIds()
    {
        var chip = Chip();
        chip.PartId = 0xA0;
        using var sensor = Sensor(chip, FixedGain);

        var exception = Assert.Throws<SensorException>(sensor.Identify);

        Assert.Equal(SensorFault.WrongChip, exception.Fault);
        Assert.Equal(
            "LTR559 at 0x23 on I2C bus 1 is another chip: its part id is 0xA0 and its manufacturer 0x05, an LTR559 has 0x9_ and 0x05. Check what is plugged in.",
            exception.Message);
    }

    [Fact]
    public void Identify_AnotherRevision_IsAccepted()
    {
        var chip = Chip();
        chip.PartId = 0x93;
        using var sensor = Sensor(chip, FixedGain);

        sensor.Identify();
    }

    [Fact]
    public void Settings_RepeatShorterThanIntegration_SaysWhatToChange()
    {
        var settings = new Ltr559Settings { Integration = Ltr559Integration.Ms400, Repeat = Ltr559Repeat.Ms100 };

        var exception = Assert.Throws<ArgumentException>(() => Sensor(Chip(), settings));

        Assert.Equal("Repeat 100 ms is shorter than Integration 400 ms. Lengthen the one or shorten the other.", exception.Message);
    }

    [Fact]
    public async Task Dispose_Running_PutsBothSensorsToStandby()
    {
        var chip = RegisterImage.OfLtr559();
        var sensor = Sensor(chip, FixedGain);
        await sensor.InitializeAsync(Token);

        sensor.Dispose();

        Assert.Equal([(0x80, 0), (0x81, 0)], chip.Writes[^2..]);
    }

    [Fact]
    public async Task TryRead_SteadyState_AllocatesNothing()
    {
        using var sensor = Sensor(Chip(), new Ltr559Settings());
        await sensor.InitializeAsync(Token);
        ReadLater(sensor, times: 10);

        Assert.Equal(0, Allocations.FewestOf(() => ReadLater(sensor, times: 1_000)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Ltr559Reading ReadLater(Ltr559Sensor sensor, int times = 1)
    {
        Ltr559Reading reading = default;
        for (var i = 0; i < times; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            sensor.TryRead(out reading);
        }

        return reading;
    }

    private SimulatedLtr559 Chip() => new(new ChangingScene(this), _clock);

    private Ltr559Sensor Sensor(SimulatedChip chip, Ltr559Settings settings) =>
        new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), settings, _clock);

    private sealed class ChangingScene(Ltr559SensorTests tests) : EnviroScene
    {
        public override EnviroConditions At(DateTimeOffset time) => tests._conditions;
    }
}
