using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Devices.Ltr559;

public sealed class Ltr559InterruptTests
{
    private static readonly Ltr559Settings Both = new()
    {
        AutoRange = false,
        Interrupt = new Ltr559Interrupt
        {
            Light = new Ltr559Thresholds { LowCounts = 100, HighCounts = 0xABCD, Persistence = 3 },
            Proximity = new Ltr559Thresholds { LowCounts = 0x012, HighCounts = 0x345, Persistence = 16 },
            ActiveHigh = true,
        },
    };

    private static readonly Ltr559Settings Nearby = new()
    {
        Interrupt = new Ltr559Interrupt { Proximity = new Ltr559Thresholds { HighCounts = 500, Persistence = 3 } },
    };

    private readonly VirtualTimeProvider _clock = new();
    private EnviroConditions _conditions = new(20, 50, 100_000, 321, 123);

    [Fact]
    public async Task InitializeAsync_Interrupt_IsWrittenBeforeTheSensorsStart()
    {
        var chip = RegisterImage.OfLtr559();
        using var sensor = Sensor(chip, Both);

        await sensor.InitializeAsync(Token);

        Assert.Equal(
            [
                (0x80, 0x02),
                (0x90, 0x45), (0x91, 0x03), (0x92, 0x12), (0x93, 0x00),
                (0x97, 0xCD), (0x98, 0xAB), (0x99, 100), (0x9A, 0),
                (0x9E, 0xF2),
                (0x8F, 0b111),
                (0x85, 0x01),
            ],
            chip.Writes[..12]);
    }

    [Fact]
    public async Task InitializeAsync_ProximityOffset_IsWrittenHighBitsFirst()
    {
        var chip = RegisterImage.OfLtr559();
        using var sensor = Sensor(chip, new Ltr559Settings { ProximityOffsetCounts = 0x2A5 });

        await sensor.InitializeAsync(Token);

        Assert.Equal([(0x94, 0x02), (0x95, 0xA5)], chip.Writes[^3..^1]);
    }

    [Fact]
    public async Task TryRead_OutsideForAsLongAsThePersistence_InterruptsUntilInside()
    {
        var chip = Chip();
        using var sensor = Sensor(chip, Nearby);
        await sensor.InitializeAsync(Token);
        Assert.False(Measured(sensor, chip));

        _conditions = _conditions with { ProximityCounts = 501 };
        Assert.False(Measured(sensor, chip));
        Assert.False(Measured(sensor, chip));
        Assert.True(Measured(sensor, chip));

        _conditions = _conditions with { ProximityCounts = 500 };
        Assert.False(Measured(sensor, chip));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(2_000, false)]
    [InlineData(20_000, true)]
    public async Task TryRead_LightOutside_Interrupts(double lux, bool expected)
    {
        _conditions = _conditions with { IlluminanceLux = lux };
        var chip = Chip();
        using var sensor = Sensor(chip, new Ltr559Settings
        {
            AutoRange = false,
            Interrupt = new Ltr559Interrupt { Light = new Ltr559Thresholds { LowCounts = 100, HighCounts = 30_000 } },
        });
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMilliseconds(300));

        sensor.TryRead(out var reading);

        Assert.Equal((expected, false, expected), (reading.IsLightInterruptActive, reading.IsProximityInterruptActive, chip.IsInterrupting));
    }

    [Fact]
    public async Task MoveThresholds_WhileMeasuring_GivesHysteresisThatARestartKeeps()
    {
        var chip = Chip();
        using var sensor = Sensor(chip, Nearby);
        await sensor.InitializeAsync(Token);
        _conditions = _conditions with { ProximityCounts = 501 };

        sensor.MoveThresholds(proximity: new Ltr559Thresholds { HighCounts = 600 });

        Assert.False(Measured(sensor, chip));
        chip.PowerCycle();
        await sensor.InitializeAsync(Token);
        Assert.False(Measured(sensor, chip));
        _conditions = _conditions with { ProximityCounts = 601 };
        Assert.True(Measured(sensor, chip));
    }

    [Fact]
    public async Task MoveThresholds_OfAnInterruptThatIsOff_SaysWhereToSwitchItOn()
    {
        using var sensor = Sensor(Chip(), Nearby);
        await sensor.InitializeAsync(Token);

        var exception = Assert.Throws<ArgumentException>(() => sensor.MoveThresholds(light: new Ltr559Thresholds { HighCounts = 1 }));

        Assert.Equal("The interrupt has no such thresholds. Give Ltr559Settings.Interrupt those to start with.", exception.Message);
    }

    [Fact]
    public async Task TryRead_NoInterrupt_NeverInterrupts()
    {
        _conditions = _conditions with { IlluminanceLux = 200_000, ProximityCounts = 5_000 };
        var chip = Chip();
        using var sensor = Sensor(chip, new Ltr559Settings());
        await sensor.InitializeAsync(Token);

        Assert.False(Measured(sensor, chip));
    }

    [Theory]
    [InlineData(-1, 5, 1, "Interrupt.Proximity has LowCounts -1 and HighCounts 5. They must be in order, and between 0 and 2047.")]
    [InlineData(6, 5, 1, "Interrupt.Proximity has LowCounts 6 and HighCounts 5. They must be in order, and between 0 and 2047.")]
    [InlineData(0, 2_048, 1, "Interrupt.Proximity has LowCounts 0 and HighCounts 2048. They must be in order, and between 0 and 2047.")]
    [InlineData(0, 5, 0, "Interrupt.Proximity has Persistence 0. It must be 1 to 16.")]
    [InlineData(0, 5, 17, "Interrupt.Proximity has Persistence 17. It must be 1 to 16.")]
    public void Settings_WrongThresholds_SayWhatTheyMustBe(int low, int high, int persistence, string message)
    {
        var proximity = new Ltr559Thresholds { LowCounts = low, HighCounts = high, Persistence = persistence };

        var exception = Assert.Throws<ArgumentException>(() => Sensor(Chip(), new Ltr559Settings { Interrupt = new Ltr559Interrupt { Proximity = proximity } }));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Settings_LightThresholdsWithAutoRange_AreRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Sensor(Chip(), Both with { AutoRange = true }));

        Assert.Equal("Light thresholds are counts, whose meaning changes with the gain. Switch AutoRange off.", exception.Message);
    }

    [Fact]
    public void Settings_ProximityThresholdsWithoutProximity_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Sensor(Chip(), Nearby with { Proximity = false }));

    [Theory]
    [InlineData(-1)]
    [InlineData(1_024)]
    public void Settings_WrongProximityOffset_SaysItsRange(int offset)
    {
        var exception = Assert.Throws<ArgumentException>(() => Sensor(Chip(), new Ltr559Settings { ProximityOffsetCounts = offset }));

        Assert.Equal($"ProximityOffsetCounts is {offset}. It must be 0 to 1023.", exception.Message);
    }

    [Fact]
    public async Task TryRead_ProximityOffset_IsSubtractedByTheChip()
    {
        using var sensor = Sensor(Chip(), new Ltr559Settings { ProximityOffsetCounts = 100 });
        await sensor.InitializeAsync(Token);
        _clock.Advance(TimeSpan.FromMilliseconds(300));

        sensor.TryRead(out var reading);

        Assert.Equal(23, reading.ProximityCounts);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lets one more proximity measurement pass; the pin and the reading must agree.</summary>
    private bool Measured(Ltr559Sensor sensor, SimulatedLtr559 chip)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        sensor.TryRead(out var reading);
        Assert.Equal(reading.IsProximityInterruptActive, chip.IsInterrupting);
        return reading.IsProximityInterruptActive;
    }

    private SimulatedLtr559 Chip() => new(new ChangingScene(this), _clock);

    private Ltr559Sensor Sensor(SimulatedChip chip, Ltr559Settings settings) =>
        new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), settings, _clock);

    private sealed class ChangingScene(Ltr559InterruptTests tests) : EnviroScene
    {
        public override EnviroConditions At(DateTimeOffset time) => tests._conditions;
    }
}
