using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Where an Enviro hat is and how it measures.</summary>
public sealed class EnviroHatOptions
{
    /// <summary>The bus of the 40-pin header.</summary>
    public const int DefaultBusId = 1;

    /// <summary>The I2C bus (the N of <c>/dev/i2c-N</c>).</summary>
    /// <value>Default <see cref="DefaultBusId"/>.</value>
    public int BusId { get; set; } = DefaultBusId;

    /// <summary>The address of the BME280.</summary>
    /// <value>Default <see cref="Bme280Sensor.DefaultAddress"/>; a breakout may have <see cref="Bme280Sensor.AlternateAddress"/>.</value>
    public int Bme280Address { get; set; } = Bme280Sensor.DefaultAddress;

    /// <summary>How temperature, humidity and pressure are measured.</summary>
    public Bme280Settings Bme280 { get; set; } = new();

    /// <summary>How illuminance and proximity are measured.</summary>
    public Ltr559Settings Ltr559 { get; set; } = new();

    /// <summary>Uses simulated chips in place of the bus; every reading is marked as simulated.</summary>
    /// <value>Default false.</value>
    public bool Simulate { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(BusId);
        if (Bme280Address is not (Bme280Sensor.DefaultAddress or Bme280Sensor.AlternateAddress))
        {
            throw new ArgumentException($"{nameof(Bme280Address)} is 0x{Bme280Address:X2}. A BME280 can have 0x{Bme280Sensor.DefaultAddress:X2} or 0x{Bme280Sensor.AlternateAddress:X2}.");
        }
    }
}
