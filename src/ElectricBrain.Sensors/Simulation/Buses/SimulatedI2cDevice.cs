using System.Device.I2c;

namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>The channel to one address of a simulated bus.</summary>
internal sealed class SimulatedI2cDevice(SimulatedI2cBus bus, int address) : I2cDevice
{
    private readonly I2cConnectionSettings _settings = new(bus.BusId, address);

    public override I2cConnectionSettings ConnectionSettings => new(_settings.BusId, _settings.DeviceAddress);

    public override void Read(Span<byte> buffer) => bus.Transfer(address, [], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => bus.Transfer(address, buffer, []);

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => bus.Transfer(address, writeBuffer, readBuffer);
}
