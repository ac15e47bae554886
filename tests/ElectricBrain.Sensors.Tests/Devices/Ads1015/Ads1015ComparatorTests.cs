using ElectricBrain.Sensors.Devices.Ads1015;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Devices.Ads1015;

public sealed class Ads1015ComparatorTests
{
    private static readonly Ads1015Comparator OneToTwo = new() { LowVolts = 1, HighVolts = 2 };

    private readonly VirtualTimeProvider _clock = new();
    private readonly SimulatedAds1015 _chip;
    private double _volts = 1.5;

    public Ads1015ComparatorTests() => _chip = new SimulatedAds1015((_, _) => _volts, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureAsync_ThresholdsAndModes_AreWritten()
    {
        var chip = new WordImage();
        using var converter = Converter(chip, OneToTwo with { Mode = Ads1015ComparatorMode.Window, ActiveHigh = true, Latching = true, Queue = Ads1015ComparatorQueue.Four });
        await converter.InitializeAsync(Token);
        chip.Writes.Clear();

        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);

        // 1 V and 2 V are 500 and 1000 steps of 2 mV, left-justified.
        Assert.Equal([(2, (ushort)(500 << 4)), (3, (ushort)(1000 << 4)), (1, (ushort)0b1_100_001_1_100_1_1_1_10)], chip.Writes);
    }

    [Fact]
    public async Task MeasureAsync_RangeChanges_ThresholdsFollowIt()
    {
        var chip = new WordImage();
        using var converter = Converter(chip, OneToTwo);
        await converter.InitializeAsync(Token);
        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);
        await converter.MeasureAsync(Ads1015Input.Single1, Ads1015Range.Mv4096, Token);
        chip.Writes.Clear();

        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv2048, Token);

        Assert.Equal([(2, (ushort)(1000 << 4)), (3, (ushort)(2000 << 4))], chip.Writes.Take(2));
    }

    [Fact]
    public async Task MeasureAsync_ResetSinceTheLast_WritesTheThresholdsAgain()
    {
        using var converter = Converter(_chip, OneToTwo);
        await converter.InitializeAsync(Token);
        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);
        _chip.PowerCycle();

        Assert.Equal("01", await AlertsAsync(converter, 1.5, 2.1));
    }

    [Fact]
    public async Task MeasureAsync_ConversionReady_HasTheSignsOfTheDatasheet()
    {
        var chip = new WordImage();
        using var converter = Converter(chip, new Ads1015Comparator { Mode = Ads1015ComparatorMode.ConversionReady });
        await converter.InitializeAsync(Token);

        await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);

        Assert.Equal((0x0000, 0x8000), (chip.Registers[2], chip.Registers[3]));
        Assert.Equal(0, chip.Registers[1] & 3);
    }

    [Fact]
    public async Task MeasureAsync_ThresholdBeyondTheRange_NamesBoth()
    {
        using var converter = Converter(_chip, OneToTwo);
        await converter.InitializeAsync(Token);

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv1024, Token));

        Assert.Contains("2 V do not fit the range of 1.024 V", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(double.NaN, 1)]
    public void Constructor_ThresholdsThatDoNotRise_Throws(double low, double high) =>
        Assert.Throws<ArgumentException>(() => Converter(_chip, new Ads1015Comparator { LowVolts = low, HighVolts = high }));

    [Fact]
    public async Task Alert_Hysteresis_RisesAboveHighAndFallsBelowLow()
    {
        using var converter = Converter(_chip, OneToTwo);
        await converter.InitializeAsync(Token);

        Assert.Equal("0110", await AlertsAsync(converter, 1.5, 2.1, 1.5, 0.9));
    }

    [Fact]
    public async Task Alert_Window_RisesOutsideOnEitherSide()
    {
        using var converter = Converter(_chip, OneToTwo with { Mode = Ads1015ComparatorMode.Window });
        await converter.InitializeAsync(Token);

        Assert.Equal("0101", await AlertsAsync(converter, 1.5, 0.9, 1.5, 2.1));
    }

    [Fact]
    public async Task Alert_Latching_StaysUntilAConversionIsRead()
    {
        using var converter = Converter(_chip, OneToTwo with { Latching = true });
        await converter.InitializeAsync(Token);
        converter.StartContinuous(Ads1015Input.Single0);
        _volts = 2.1;
        Pass();
        _volts = 0.9;
        Pass();
        Assert.True(_chip.IsAlerting);

        Assert.True(converter.TryRead(out _));

        Assert.False(_chip.IsAlerting);
    }

    [Theory]
    [InlineData(Ads1015ComparatorQueue.One, 1)]
    [InlineData(Ads1015ComparatorQueue.Two, 2)]
    [InlineData(Ads1015ComparatorQueue.Four, 4)]
    public async Task Alert_Queue_NeedsThatManyInARow(Ads1015ComparatorQueue queue, int conversions)
    {
        using var converter = Converter(_chip, OneToTwo with { Queue = queue });
        await converter.InitializeAsync(Token);
        var beyond = Enumerable.Repeat(2.1, conversions).ToArray();

        // One fewer than needed, an interruption, and then enough.
        var alerts = await AlertsAsync(converter, [.. beyond[1..], 1.5, .. beyond]);

        Assert.Equal(alerts.Length - 1, alerts.IndexOf('1', StringComparison.Ordinal));
    }

    /// <summary>The pin after each of the conversions, 1 where it is asserted.</summary>
    private async Task<string> AlertsAsync(Ads1015Converter converter, params double[] volts)
    {
        var alerts = "";
        foreach (var value in volts)
        {
            _volts = value;
            await converter.MeasureAsync(Ads1015Input.Single0, Ads1015Range.Mv4096, Token);
            alerts += _chip.IsAlerting ? '1' : '0';
        }

        return alerts;
    }

    /// <summary>Lets two conversions pass, and shows them to the chip as any transfer does.</summary>
    private void Pass()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        _chip.Transfer([1], []);
    }

    private Ads1015Converter Converter(SimulatedChip chip, Ads1015Comparator comparator) =>
        new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), new Ads1015Settings { Comparator = comparator }, _clock);
}
