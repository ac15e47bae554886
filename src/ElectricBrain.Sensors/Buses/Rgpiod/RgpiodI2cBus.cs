using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>An I2C bus of another machine.</summary>
internal sealed class RgpiodI2cBus(RgpiodConnection connection, int busId) : I2cBus
{
    /// <summary>Opening an address touches no chip. That of the general call belongs to none.</summary>
    private const int GeneralCall = 0;

    /// <summary>Finds out whether the bus can be used at all, before any chip is asked.</summary>
    /// <exception cref="SensorException">rgpiod cannot be reached, or it cannot open the bus.</exception>
    public static RgpiodI2cBus Open(RgpiodConnection connection, int busId)
    {
        var bus = new RgpiodI2cBus(connection, busId);
        var probe = bus.HandleOf(GeneralCall);
        try
        {
            connection.Open(probe);
            connection.Close(probe);
        }
        catch (SensorException exception) when (exception.Fault == SensorFault.PermissionDenied)
        {
            // Its access control may allow the chips' addresses alone.
        }

        return bus;
    }

    public override I2cDevice CreateDevice(int deviceAddress)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviceAddress);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviceAddress, 0x7F);
        return new RgpiodI2cDevice(connection, HandleOf(deviceAddress), new I2cConnectionSettings(busId, deviceAddress));
    }

    public override void RemoveDevice(int deviceAddress)
    {
    }

    private RgpiodHandle HandleOf(int address) => new(
        RgpiodMessage.Of(RgpiodCommand.I2cOpen, [busId, address, 0]),
        RgpiodCommand.I2cClose,
        status => RgpiodFailure.NotOpened(
            connection.Name,
            status,
            $"address 0x{address:X2} of /dev/i2c-{busId}",
            $"[i2c] default={busId}.*",
            "Enable I2C there ('sudo raspi-config nonint do_i2c 0', then reboot), and let rgpiod's user open it (group 'i2c').",
            busId));
}
