using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Devices.Ads1015;

public sealed class Ads1015ConverterTests
{
    private readonly VirtualTimeProvider _clock = new();
    private readonly double[] _volts = [0.1, 1.65, 2.5, 0.75];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ads1015Input.Single0, 0xC183)]
    [InlineData(Ads1015Input.Single1, 0xD183)]
    [InlineData(Ads1015Input.Single2, 0xE183)]
    [InlineData(Ads1015Input.Single3, 0xF183)]
    public async Task MeasureAsync_SingleEnded_StartsWithTheConfigOfTheDatasheet(Ads1015Input input, int config)
    {
        var chip = new WordImage();
        using var converter = Converter(chip);
        await converter.InitializeAsync(Token);
        chip.Writes.Clear();
        chip.Registers[0] = 0x2260;

        var reading = await converter.MeasureAsync(input, Ads1015Range.Mv6144, Token);

        Assert.Equal([(1, (ushort)config)], chip.Writes);
        Assert.Equal(new Ads1015Reading(input, Ads1015Range.Mv6144, 550, reading.Volts), reading);
        Assert.Equal(1.65, reading.Volts!.Value, 1e-12);
    }

    [Theory]
    [InlineData(Ads1015Range.Mv4096, Ads1015Rate.Sps128, Ads1015Input.Differential01, 0b1_000_001_1_000_00011)]
    [InlineData(Ads1015Range.Mv2048, Ads1015Rate.Sps250, Ads1015Input.Differential03, 0b1_001_010_1_001_00011)]
    [InlineData(Ads1015Range.Mv1024, Ads1015Rate.Sps490, Ads1015Input.Differential13, 0b1_010_011_1_010_00011)]
    [InlineData(Ads1015Range.Mv512, Ads1015Rate.Sps920, Ads1015Input.Differential23, 0b1_011_100_1_011_00011)]
    [InlineData(Ads1015Range.Mv256, Ads1015Rate.Sps2400, Ads1015Input.Single0, 0b1_100_101_1_101_00011)]
    [InlineData(Ads1015Range.Mv6144, Ads1015Rate.Sps3300, Ads1015Input.Single1, 0b1_101_000_1_110_00011)]
    public async Task MeasureAsync_RangeRateAndInput_AreWritten(Ads1015Range range, Ads1015Rate rate, Ads1015Input input, int config)
    {
        var chip = new WordImage();
        using var converter = Converter(chip, new Ads1015Settings { Rate = rate });
        await converter.InitializeAsync(Token);

        await converter.MeasureAsync(input, range, Token);

        Assert.Equal((1, (ushort)config), chip.Writes[^1]);
    }

    [Fact]
    public async Task InitializeAsync_LowBitsOfTheThresholdAreFixed_IsAnAds1015()
    {
        using var converter = Converter(Chip());

        await converter.InitializeAsync(Token);

        Assert.Equal(Ads1015Model.Ads1015, converter.Model);
    }

    [Fact]
    public async Task InitializeAsync_LowBitsOfTheThresholdAreKept_IsAnAds1115WithItsOwnRates()
    {
        var chip = new WordImage { LowThresholdMask = 0xFFFF };
        using var converter = Converter(chip, new Ads1015Settings { Ads1115Rate = Ads1115Rate.Sps860 });

        await converter.InitializeAsync(Token);
        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);

        Assert.Equal(Ads1015Model.Ads1115, converter.Model);
        Assert.Equal((1, (ushort)0b1_100_001_1_111_00011), chip.Writes[^1]);
        // The probe leaves what a reset leaves.
        Assert.Equal((0x8000, 0x7FFF), (chip.Registers[2], chip.Registers[3]));
    }

    [Fact]
    public async Task InitializeAsync_ThresholdThatCannotBeWritten_IsAnotherChip()
    {
        using var converter = Converter(new WordImage { LowThresholdMask = 0 });

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await converter.InitializeAsync(Token));

        Assert.Equal(SensorFault.WrongChip, exception.Fault);
        Assert.Contains("0x800A", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xFFFF)]
    public void Identify_DeadBus_IsAWrongChip(int config)
    {
        var chip = new WordImage();
        chip.Registers[1] = (ushort)config;
        using var converter = Converter(chip);

        Assert.Equal(SensorFault.WrongChip, Assert.Throws<SensorException>(converter.Identify).Fault);
    }

    public static TheoryData<Ads1015Model, Ads1015Settings> Rates()
    {
        var data = new TheoryData<Ads1015Model, Ads1015Settings>();
        foreach (var rate in Enum.GetValues<Ads1015Rate>())
        {
            data.Add(Ads1015Model.Ads1015, new Ads1015Settings { Rate = rate });
        }

        foreach (var rate in Enum.GetValues<Ads1115Rate>())
        {
            data.Add(Ads1015Model.Ads1115, new Ads1015Settings { Ads1115Rate = rate });
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task MeasureAsync_SimulatedChipAtAnyRate_GivesTheVoltageOfEachPin(Ads1015Model model, Ads1015Settings settings)
    {
        using var converter = Converter(Chip(model), settings);
        await converter.InitializeAsync(Token);

        Assert.Equal(0.1, (await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv256, Token)).Volts!.Value, 0.0001);
        Assert.Equal(1.65, (await converter.MeasureAsync(Ads1015Input.Single1, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
        Assert.Equal(2.5, (await converter.MeasureAsync(Ads1015Input.Single2, Ads1015Range.Mv4096, Token)).Volts!.Value, 0.0011);
        Assert.Equal(0.75, (await converter.MeasureAsync(Ads1015Input.Single3, Ads1015Range.Mv1024, Token)).Volts!.Value, 0.0003);
        Assert.Equal(-1.55, (await converter.MeasureAsync(Ads1015Input.Differential01, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
        Assert.Equal(-0.65, (await converter.MeasureAsync(Ads1015Input.Differential03, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
        Assert.Equal(0.9, (await converter.MeasureAsync(Ads1015Input.Differential13, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
        Assert.Equal(1.75, (await converter.MeasureAsync(Ads1015Input.Differential23, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
    }

    [Fact]
    public async Task MeasureAsync_BeyondTheRange_IsNull()
    {
        using var converter = Converter(Chip());
        await converter.InitializeAsync(Token);

        Assert.Null((await converter.MeasureAsync(Ads1015Input.Single1, Ads1015Range.Mv1024, Token)).Volts);
    }

    [Fact]
    public async Task MeasureAsync_ConversionNeverEnds_IsStuckWithinABound()
    {
        var chip = Chip();
        using var converter = Converter(chip);
        await converter.InitializeAsync(Token);
        chip.IsConversionStuck = true;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await converter.MeasureAsync(Ads1015Input.Single0, cancellationToken: Token));

        Assert.Equal(SensorFault.Stuck, exception.Fault);
        Assert.InRange(_clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task MeasureAsync_ResetBeforeAnyOfItsTransfers_IsAFaultOrTheRightValue()
    {
        var faults = 0;
        for (var transfer = 1; ; transfer++)
        {
            var chip = new ResettingChip(Chip(), transfer);
            using var converter = Converter(chip);
            await converter.InitializeAsync(Token);
            chip.Arm();
            try
            {
                var reading = await converter.MeasureAsync(Ads1015Input.Single1, Ads1015Range.Mv2048, Token);
                Assert.Equal(1.65, reading.Volts!.Value, 0.0006);
            }
            catch (SensorException exception)
            {
                Assert.Equal(SensorFault.InvalidData, exception.Fault);
                Assert.Contains("reset", exception.Message, StringComparison.Ordinal);
                faults++;
            }

            if (!chip.HasHit)
            {
                // All but the first transfer, which starts the conversion, are polls and the value.
                Assert.Equal(transfer - 2, faults);
                return;
            }
        }
    }

    [Fact]
    public async Task MeasureAsync_SporadicTransferErrors_AreRepeated()
    {
        var chip = Chip();
        using var converter = Converter(chip);
        await converter.InitializeAsync(Token);
        chip.FailNext(I2cFault.TimedOut, 2);

        Assert.Equal(1.65, (await converter.MeasureAsync(Ads1015Input.Single1, Ads1015Range.Mv2048, Token)).Volts!.Value, 0.0006);
    }

    [Fact]
    public async Task MeasureAsync_ChipVanished_NamesTheChipAndTheRemedy()
    {
        var chip = Chip();
        using var converter = Converter(chip);
        await converter.InitializeAsync(Token);
        chip.IsConnected = false;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await converter.MeasureAsync(Ads1015Input.Single0, cancellationToken: Token));

        Assert.Equal((SensorFault.NoAnswer, 0x49), (exception.Fault, exception.Address));
        Assert.Contains("ADS1015 at 0x49", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureAsync_AfterAnAbandonedOne_IsNotOfTheOtherInput()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var chip = new SimulatedAds1015((pin, _) => _volts[pin], clock);
        using var converter = new Ads1015Converter(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), new Ads1015Settings { Rate = Ads1015Rate.Sps128 }, clock);
        await converter.InitializeAsync(Token);
        using var giveUp = new CancellationTokenSource();
        var abandoned = converter.MeasureAsync(Ads1015Input.Single0, cancellationToken: giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await abandoned);

        var measuring = converter.MeasureAsync(Ads1015Input.Single1, cancellationToken: Token).AsTask();
        while (!measuring.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Equal(1.65, (await measuring).Volts!.Value, 0.0011);
    }

    [Fact]
    public async Task TryRead_Continuous_FollowsTheVoltage()
    {
        using var converter = Converter(Chip(), new Ads1015Settings { Rate = Ads1015Rate.Sps128 });
        await converter.InitializeAsync(Token);
        converter.StartContinuous(Ads1015Input.Single1, Ads1015Range.Mv4096);

        Assert.False(converter.TryRead(out _));
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.True(converter.TryRead(out var first));
        _volts[1] = 0.5;
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.True(converter.TryRead(out var second));

        Assert.Equal(1.65, first.Volts!.Value, 0.0011);
        Assert.Equal(0.5, second.Volts!.Value, 0.0011);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await converter.MeasureAsync(Ads1015Input.Single0, cancellationToken: Token));
        await converter.StopAsync(Token);
        Assert.Equal(0.1, (await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv256, Token)).Volts!.Value, 0.0002);
    }

    [Fact]
    public async Task TryRead_ContinuousChipWasReset_IsAFault()
    {
        var chip = Chip();
        using var converter = Converter(chip);
        await converter.InitializeAsync(Token);
        converter.StartContinuous(Ads1015Input.Single1);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        chip.PowerCycle();

        Assert.Equal(SensorFault.InvalidData, Assert.Throws<SensorException>(() => converter.TryRead(out _)).Fault);
    }

    [Fact]
    public async Task MeasureAsync_NotInitialized_Throws()
    {
        using var converter = Converter(Chip());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await converter.MeasureAsync(Ads1015Input.Single0, cancellationToken: Token));
        Assert.Throws<InvalidOperationException>(() => converter.TryRead(out _));
    }

    [Fact]
    public async Task MeasureAsync_FastConversion_NeedsNoTimerAndNoMemory()
    {
        var clock = new TickingTimeProvider(TimeSpan.FromMicroseconds(150));
        var chip = new SimulatedAds1015((_, _) => 1.65, clock);
        using var converter = new Ads1015Converter(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), timeProvider: clock);
        await converter.InitializeAsync(Token);
        Measure(converter, times: 200);

        Assert.Equal(0, Allocations.FewestOf(() => Assert.True(Measure(converter, times: 200) == 200)));
        Assert.Equal(0, clock.TimersCreated);
    }

    /// <summary>How many of the measurements were right without being waited for.</summary>
    private static int Measure(Ads1015Converter converter, int times)
    {
        var completed = 0;
        for (var i = 0; i < times; i++)
        {
            var pending = converter.MeasureAsync(Ads1015Input.Single1);
            completed += pending.IsCompletedSuccessfully && pending.Result.Counts == 825 ? 1 : 0;
        }

        return completed;
    }

    private SimulatedAds1015 Chip(Ads1015Model model = Ads1015Model.Ads1015) => new((pin, _) => _volts[pin], _clock, model);

    private Ads1015Converter Converter(SimulatedChip chip, Ads1015Settings? settings = null) =>
        new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), settings, _clock);
}
