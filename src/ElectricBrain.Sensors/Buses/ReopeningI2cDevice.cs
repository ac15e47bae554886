using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses;

/// <summary>A chip on a <see cref="ReopeningI2cBus"/>: the same to its driver, however often the bus is opened.</summary>
internal sealed class ReopeningI2cDevice(ReopeningI2cBus bus, int address) : I2cDevice
{
    private I2cDevice? _device;

    public int Address => address;

    public override I2cConnectionSettings ConnectionSettings => new(bus.Id, address);

    private I2cDevice Device => _device ??= bus.Connect(address);

    public override void Read(Span<byte> buffer)
    {
        var device = Device;
        try
        {
            device.Read(buffer);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            bus.Fail(address);
            throw;
        }

        bus.Succeed();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var device = Device;
        try
        {
            device.Write(buffer);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            bus.Fail(address);
            throw;
        }

        bus.Succeed();
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        var device = Device;
        try
        {
            device.WriteRead(writeBuffer, readBuffer);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            bus.Fail(address);
            throw;
        }

        bus.Succeed();
    }

    public void Disconnect()
    {
        _device?.Dispose();
        _device = null;
    }

    protected override void Dispose(bool disposing)
    {
        Disconnect();
        bus.RemoveDevice(address);
        base.Dispose(disposing);
    }

    private static bool IsFailure(Exception exception) => exception is IOException or TimeoutException;
}
