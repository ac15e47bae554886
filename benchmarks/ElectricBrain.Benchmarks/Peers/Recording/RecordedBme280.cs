using ElectricBrain.Sensors.Devices.Bme280;

namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>A recorded BME280; what it is asked to measure has been measured at once.</summary>
internal sealed class RecordedBme280(byte[] image) : RecordedRegisters(Bme280Sensor.DefaultAddress, image)
{
    protected override byte? Stored(byte register, byte value) => register switch
    {
        Bme280Registers.ControlMeasurement when (value & Bme280Registers.ModeMask) != Bme280Registers.NormalMode => (byte)(value & ~Bme280Registers.ModeMask),
        Bme280Registers.ControlHumidity or Bme280Registers.ControlMeasurement or Bme280Registers.Config => value,
        _ => null,
    };
}
