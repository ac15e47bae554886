using CsCheck;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Simulation.Buses;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Devices.Bme280;

public sealed class Bme280UntrustedBytesTests
{
    [Fact]
    public Task MeasureAsync_AnyBytes_GivesValuesInRangeOrNoneOrAFault() =>
        Gen.Byte.Array[41].SampleAsync(async bytes =>
        {
            var chip = RegisterImage.OfBme280();
            bytes.AsSpan(0, 26).CopyTo(chip.Registers.AsSpan(Bme280Registers.Calibration1));
            bytes.AsSpan(26, 7).CopyTo(chip.Registers.AsSpan(Bme280Registers.Calibration2));
            bytes.AsSpan(33, 8).CopyTo(chip.Registers.AsSpan(Bme280Registers.Data));
            using var sensor = new Bme280Sensor(new SimulatedI2cBus(1, chip).CreateDevice(chip.Address), timeProvider: new VirtualTimeProvider());
            try
            {
                await sensor.InitializeAsync();
                var reading = await sensor.MeasureAsync();
                Assert.InRange(reading.TemperatureCelsius ?? 0, -40, 85);
                Assert.InRange(reading.PressurePascals ?? 30_000, 30_000, 110_000);
                Assert.InRange(reading.RelativeHumidityPercent ?? 0, 0, 100);
            }
            catch (SensorException exception)
            {
                Assert.Equal(SensorFault.InvalidData, exception.Fault);
            }
        });
}
