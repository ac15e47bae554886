using ElectricBrain.Sensors.Devices.Ltr559;

namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>A recorded LTR-559, whose reset is over at once; the marks of new data stay.</summary>
internal sealed class RecordedLtr559(byte[] image) : RecordedRegisters(Ltr559Sensor.DefaultAddress, image)
{
    protected override byte? Stored(byte register, byte value) => register switch
    {
        Ltr559Registers.LightControl => (byte)(value & ~Ltr559Registers.Reset),
        >= Ltr559Registers.ProximityControl and <= Ltr559Registers.LightRate => value,
        _ => null,
    };
}
