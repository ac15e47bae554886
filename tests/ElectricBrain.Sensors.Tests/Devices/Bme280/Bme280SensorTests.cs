using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Simulation.Chips;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

public sealed class Bme280SensorTests
{
    private static readonly EnviroConditions Room = new(21.37, 48.2, 100_812.5, 320, 12);

    private readonly VirtualTimeProvider _clock = new();

    [Fact]
    public async Task MeasureAsync_RegistersOfAChip_GivesItsValues()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);

        var reading = await sensor.MeasureAsync(Token);

        Assert.Equal(20.5605, reading.TemperatureCelsius!.Value, 5e-5);
        Assert.Equal(98_456.22, reading.PressurePascals!.Value, 5e-3);
        Assert.Equal(54.4193, reading.RelativeHumidityPercent!.Value, 5e-5);
    }

    [Fact]
    public async Task InitializeAsync_ForcedMode_WritesInTheOrderOfTheDatasheet()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip, new Bme280Settings { Temperature = Bme280Oversampling.X2, Pressure = Bme280Oversampling.X16, Humidity = Bme280Oversampling.X4, Filter = Bme280Filter.X16, Standby = Bme280Standby.Ms20 });

        await sensor.InitializeAsync(Token);

        // Reset, then config while asleep, then the humidity, which counts from the write of the control.
        Assert.Equal([(0xE0, 0xB6), (0xF5, 0b111_100_00), (0xF2, 0b011), (0xF4, 0b010_101_01)], chip.Writes);
    }

    [Fact]
    public async Task InitializeAsync_NormalMode_StartsItLast()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip, new Bme280Settings { Mode = Bme280Mode.Normal });

        await sensor.InitializeAsync(Token);

        Assert.Equal((0xF4, 0b001_001_11), chip.Writes[^1]);
    }

    [Fact]
    public async Task MeasureAsync_NormalMode_IsOneTransactionOfOneBurst()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip, new Bme280Settings { Mode = Bme280Mode.Normal });
        await sensor.InitializeAsync(Token);
        var before = chip.TransferCount;
        chip.Reads.Clear();

        for (var i = 0; i < 10; i++)
        {
            await sensor.MeasureAsync(Token);
        }

        Assert.Equal(10, chip.TransferCount - before);
        Assert.Equal(Enumerable.Repeat(((byte)0xF2, 13), 10), chip.Reads);
    }

    [Fact]
    public async Task MeasureAsync_ForcedMode_WaitsTheMeasurementTimeAndReadsDataOnce()
    {
        var chip = new SimulatedBme280(EnviroScene.Constant(Room), _clock);
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        var (transfers, time) = (chip.TransferCount, _clock.Elapsed);

        await sensor.MeasureAsync(Token);

        // The trigger, the status, the data.
        Assert.Equal(3, chip.TransferCount - transfers);
        Assert.Equal(TimeSpan.FromMilliseconds(10), _clock.Elapsed - time);
    }

    [Theory]
    [InlineData(Bme280Mode.Forced, Bme280Oversampling.X1, Bme280Filter.Off)]
    [InlineData(Bme280Mode.Forced, Bme280Oversampling.X16, Bme280Filter.Off)]
    [InlineData(Bme280Mode.Normal, Bme280Oversampling.X2, Bme280Filter.X4)]
    [InlineData(Bme280Mode.Normal, Bme280Oversampling.X8, Bme280Filter.X16)]
    public async Task MeasureAsync_SimulatedChip_GivesTheConditionsWithinItsResolution(Bme280Mode mode, Bme280Oversampling oversampling, Bme280Filter filter)
    {
        using var sensor = Sensor(
            new SimulatedBme280(EnviroScene.Constant(Room), _clock),
            new Bme280Settings { Mode = mode, Temperature = oversampling, Pressure = oversampling, Humidity = oversampling, Filter = filter });
        await sensor.InitializeAsync(Token);

        var reading = await sensor.MeasureAsync(Token);

        // One step of 20 bits is 0.0003 °C and 0.17 Pa, and 16 times that at 16 bits.
        var step = filter == Bme280Filter.Off ? 1 << (5 - (int)oversampling) : 1;
        Assert.Equal(Room.TemperatureCelsius, reading.TemperatureCelsius!.Value, 0.00033 * step);
        Assert.Equal(Room.PressurePascals, reading.PressurePascals!.Value, 0.18 * step);
        Assert.Equal(Room.RelativeHumidityPercent, reading.RelativeHumidityPercent!.Value, 0.01);
    }

    [Fact]
    public async Task MeasureAsync_SkippedQuantities_AreNull()
    {
        using var sensor = Sensor(
            new SimulatedBme280(EnviroScene.Constant(Room), _clock),
            new Bme280Settings { Pressure = Bme280Oversampling.Skip, Humidity = Bme280Oversampling.Skip });
        await sensor.InitializeAsync(Token);

        var reading = await sensor.MeasureAsync(Token);

        Assert.Equal(Room.TemperatureCelsius, reading.TemperatureCelsius!.Value, 0.006);
        Assert.Equal((null, null), (reading.PressurePascals, reading.RelativeHumidityPercent));
    }

    [Theory]
    [InlineData("8000008000008000")]
    [InlineData("0000000000000000")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    public async Task MeasureAsync_FrameWithoutMeasurement_IsRejected(string frame)
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.Set(0xF7, frame);

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));

        Assert.Equal(SensorFault.InvalidData, exception.Fault);
        Assert.False(sensor.TryRead(out var reading));
        Assert.Equal(default, reading);
    }

    [Theory]
    [InlineData("8000007FE3008E1A", false, true)]
    [InlineData("4EBAC07FE3008000", true, false)]
    public async Task MeasureAsync_OneQuantityUnmeasured_IsNullAndAFaultWhenItStays(string frame, bool hasPressure, bool hasHumidity)
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.Set(0xF7, frame);

        for (var i = 0; i < 2; i++)
        {
            var reading = await sensor.MeasureAsync(Token);
            Assert.NotNull(reading.TemperatureCelsius);
            Assert.Equal((hasPressure, hasHumidity), (reading.PressurePascals is not null, reading.RelativeHumidityPercent is not null));
        }

        await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));
    }

    [Fact]
    public async Task MeasureAsync_TemperatureHappensToHaveTheRawValueOfNone_IsGiven()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.Set(0xF7, "4EBAC08000008E1A");

        Assert.Equal(20.70899, (await sensor.MeasureAsync(Token)).TemperatureCelsius!.Value, 5e-6);
    }

    [Fact]
    public async Task MeasureAsync_OnlyTemperatureAndUnmeasured_GivesNothing()
    {
        var chip = ChipOfBytes();
        using var sensor = Sensor(chip, new Bme280Settings { Pressure = Bme280Oversampling.Skip, Humidity = Bme280Oversampling.Skip });
        await sensor.InitializeAsync(Token);
        chip.Set(0xF7, "8000008000008000");

        Assert.Equal(default, await sensor.MeasureAsync(Token));
    }

    [Fact]
    public async Task MeasureAsync_OutsideTheRangeOfTheChip_IsNullAndNotClamped()
    {
        using var sensor = Sensor(new SimulatedBme280(EnviroScene.Constant(Room with { PressurePascals = 25_000 }), _clock));
        await sensor.InitializeAsync(Token);

        var reading = await sensor.MeasureAsync(Token);

        Assert.Null(reading.PressurePascals);
        Assert.NotNull(reading.TemperatureCelsius);
    }

    [Fact]
    public async Task MeasureAsync_TransferFailsTwice_IsRepeated()
    {
        var chip = new SimulatedBme280(EnviroScene.Constant(Room), _clock);
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.FailNext(I2cFault.TimedOut, transfers: 2);

        Assert.NotNull((await sensor.MeasureAsync(Token)).TemperatureCelsius);
    }

    [Fact]
    public async Task MeasureAsync_ChipGone_NamesChipBusAndRemedy()
    {
        var chip = new SimulatedBme280(EnviroScene.Constant(Room), _clock);
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.IsConnected = false;
        var before = chip.TransferCount;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));

        Assert.Equal(3, chip.TransferCount - before);
        Assert.Equal((SensorFault.NoAnswer, 1, 0x76), (exception.Fault, exception.BusId, exception.Address));
        Assert.Equal(
            "BME280 at 0x76 on I2C bus 1 does not answer (3 attempts: Error 121 performing I2C data transfer). Check that it is seated and powered, and that 'i2cdetect -y 1' shows it.",
            exception.Message);
    }

    [Fact]
    public async Task MeasureAsync_MeasuringNeverEnds_IsStuck()
    {
        var chip = new SimulatedBme280(EnviroScene.Constant(Room), _clock);
        using var sensor = Sensor(chip);
        await sensor.InitializeAsync(Token);
        chip.IsMeasuringStuck = true;

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));

        Assert.Equal(SensorFault.Stuck, exception.Fault);
    }

    [Fact]
    public async Task MeasureAsync_NormalModeStoppedMeasuring_IsStuckWithinTwoMinutes()
    {
        var chip = new SimulatedBme280(new DayCycleScene(), _clock);
        using var sensor = Sensor(chip, new Bme280Settings { Mode = Bme280Mode.Normal });
        await sensor.InitializeAsync(Token);
        chip.IsMeasuringStuck = true;

        var exception = await Assert.ThrowsAsync<SensorException>(async () =>
        {
            for (var second = 0; second < 120; second++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await sensor.MeasureAsync(Token);
            }
        });

        Assert.Equal(SensorFault.Stuck, exception.Fault);
    }

    [Fact]
    public async Task MeasureAsync_NormalModeAfterPowerCycle_IsRejected()
    {
        var chip = new SimulatedBme280(EnviroScene.Constant(Room), _clock);
        using var sensor = Sensor(chip, new Bme280Settings { Mode = Bme280Mode.Normal });
        await sensor.InitializeAsync(Token);
        chip.PowerCycle();

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.MeasureAsync(Token));

        Assert.Equal(SensorFault.InvalidData, exception.Fault);
    }

    [Fact]
    public async Task InitializeAsync_ResetNeverEnds_IsStuck()
    {
        using var sensor = Sensor(new SimulatedBme280(EnviroScene.Constant(Room), _clock) { IsResetStuck = true });

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.InitializeAsync(Token));

        Assert.Equal(SensorFault.Stuck, exception.Fault);
    }

    [Fact]
    public async Task InitializeAsync_NoCalibration_IsInvalid()
    {
        var chip = RegisterImage.OfBme280();
        using var sensor = Sensor(chip);

        var exception = await Assert.ThrowsAsync<SensorException>(async () => await sensor.InitializeAsync(Token));

        Assert.Equal(SensorFault.InvalidData, exception.Fault);
    }

    [Theory]
    [InlineData(0x58, "its id is 0x58 (BMP280, which has no humidity), a BME280 has 0x60. Check what is plugged in, and its address.")]
    [InlineData(0x61, "its id is 0x61 (BME680 or BME688), a BME280 has 0x60. Check what is plugged in, and its address.")]
    [InlineData(0xFF, "its id is 0xFF, a BME280 has 0x60. That is what a dead bus reads: check the wiring and the supply.")]
    public void Identify_AnotherChip_NamesBothIds(byte id, string expected)
    {
        using var sensor = Sensor(new SimulatedBme280(EnviroScene.Constant(Room), _clock) { ChipId = id });

        var exception = Assert.Throws<SensorException>(sensor.Identify);

        Assert.Equal(SensorFault.WrongChip, exception.Fault);
        Assert.EndsWith(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_NotInitialized_Throws()
    {
        using var sensor = Sensor(new SimulatedBme280(EnviroScene.Constant(Room), _clock));

        Assert.Throws<InvalidOperationException>(() => sensor.TryRead(out _));
    }

    [Fact]
    public async Task Dispose_NormalMode_PutsTheChipToSleep()
    {
        var chip = ChipOfBytes();
        var sensor = Sensor(chip, new Bme280Settings { Mode = Bme280Mode.Normal });
        await sensor.InitializeAsync(Token);

        sensor.Dispose();

        Assert.Equal((0xF4, 0b001_001_00), chip.Writes[^1]);
    }

    [Fact]
    public async Task TryRead_SteadyState_AllocatesNothing()
    {
        using var sensor = Sensor(new SimulatedBme280(new DayCycleScene(), _clock), new Bme280Settings { Mode = Bme280Mode.Normal });
        await sensor.InitializeAsync(Token);
        Sample(sensor, 10);

        Assert.Equal(0, Allocations.FewestOf(() => Assert.True(Sample(sensor, 1_000) == 1_000)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Sample(Bme280Sensor sensor, int count)
    {
        var valid = 0;
        for (var i = 0; i < count; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            valid += sensor.TryRead(out _) ? 1 : 0;
        }

        return valid;
    }

    private Bme280Sensor Sensor(SimulatedChip chip, Bme280Settings? settings = null) =>
        new(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), settings, _clock);

    private static RegisterImage ChipOfBytes()
    {
        var chip = RegisterImage.OfBme280();
        chip.Set(0x88, "3270D06832003A8E1BD6D00B152464FFF9FF0C3020D18813004B");
        chip.Set(0xE1, "4C01001920031E");
        chip.Set(0xF7, "4EBAC07FE3008E1A");
        return chip;
    }
}
