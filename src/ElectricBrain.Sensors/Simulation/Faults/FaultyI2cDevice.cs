using System.Device.I2c;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A channel to a chip whose transfers fail as a plan says.</summary>
internal sealed class FaultyI2cDevice(I2cDevice device, FaultyI2cBus bus, FaultPlan plan) : I2cDevice
{
    private readonly int _address = device.ConnectionSettings.DeviceAddress;
    private readonly string _target = $"0x{device.ConnectionSettings.DeviceAddress:X2}";
    private readonly Dictionary<(byte Register, int Length), byte[]> _before = [];

    public override I2cConnectionSettings ConnectionSettings => device.ConnectionSettings;

    public override void Read(Span<byte> buffer) => Transfer([], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => Transfer(buffer, []);

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => Transfer(writeBuffer, readBuffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            device.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (bus.IsAway(_address))
        {
            throw SimulatedI2cBus.TransferError(I2cFault.NotAcknowledged);
        }

        if (bus.IsStuckLow)
        {
            read.Clear();
            return;
        }

        switch (plan.Draw(FaultKind.NotAcknowledged, FaultKind.BitFlip, _target))
        {
            case FaultKind.NotAcknowledged:
                throw SimulatedI2cBus.TransferError(I2cFault.NotAcknowledged);
            case FaultKind.TimedOut:
                throw SimulatedI2cBus.TransferError(I2cFault.TimedOut);
            case FaultKind.StuckLow:
                bus.HoldLow();
                read.Clear();
                return;
            case FaultKind.Absence:
                bus.TakeAway(_address);
                throw SimulatedI2cBus.TransferError(I2cFault.NotAcknowledged);
            case FaultKind.PowerCycle:
                bus.PowerCycle(_address);
                break;
            case FaultKind.OtherChip when !read.IsEmpty && bus.OtherThan(_address) is { } other:
                other.Pass(write, read);
                return;
            case FaultKind.BrownOut:
                Pass(write, read);
                read[plan.Next(read.Length + 1)..].Fill(0xFF);
                bus.PowerCycle(_address);
                return;
            case FaultKind.TornBurst when Before(write, read.Length) is { } before:
                Pass(write, read);
                before.AsSpan(0, plan.Next(read.Length)).CopyTo(read);
                return;
            case FaultKind.BitFlip when !read.IsEmpty:
                Pass(write, read);
                read[plan.Next(read.Length)] ^= (byte)(1 << plan.Next(8));
                return;
        }

        Pass(write, read);
        Remember(write, read);
    }

    private void Pass(ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (read.IsEmpty)
        {
            device.Write(write);
        }
        else if (write.IsEmpty)
        {
            device.Read(read);
        }
        else
        {
            device.WriteRead(write, read);
        }
    }

    private byte[]? Before(ReadOnlySpan<byte> write, int length) =>
        write.Length == 1 && length > 1 ? _before.GetValueOrDefault((write[0], length)) : null;

    private void Remember(ReadOnlySpan<byte> write, ReadOnlySpan<byte> read)
    {
        if (write.Length != 1 || read.Length < 2)
        {
            return;
        }

        var key = (write[0], read.Length);
        if (!_before.TryGetValue(key, out var bytes))
        {
            _before[key] = bytes = new byte[read.Length];
        }

        read.CopyTo(bytes);
    }
}
