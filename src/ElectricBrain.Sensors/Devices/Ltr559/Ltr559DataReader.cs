using System.Buffers.Binary;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>
/// Reads the data of a chip so that what the bus makes up is not taken for light. The bus has no checksum: the settings are read in
/// one burst with the light data and tell whether this is the chip that was set, and values that leap are taken only when the chip
/// shows them twice.
/// </summary>
internal sealed class Ltr559DataReader(I2cRegisters registers, Ltr559Settings settings)
{
    private const int ConfirmingReads = 3;
    private const int ProximityNoise = 4;

    private int _channel0;
    private int _channel1;
    private int _proximity;

    /// <summary>Lets the next values be confirmed, whatever they are.</summary>
    public void Forget() => _channel0 = _channel1 = _proximity = int.MinValue;

    /// <summary>The counts of the light: visible and infrared, and infrared alone. Lets the chip mark the next as new.</summary>
    /// <param name="gain">The gain as it was written.</param>
    /// <exception cref="SensorException">The chip does not answer, was reset, or its answers differ.</exception>
    public (int Channel0, int Channel1) ReadLight(Ltr559Gain gain)
    {
        var light = ReadLightOnce(gain);
        for (var reads = 1; Leaps(light.Channel0, _channel0) || Leaps(light.Channel1, _channel1); reads++)
        {
            var again = ReadLightOnce(gain);
            if (again == light)
            {
                break;
            }

            light = reads < ConfirmingReads ? again : throw Unsteady();
        }

        (_channel0, _channel1) = light;
        return light;
    }

    /// <summary>The two bytes of the proximity behind a status, the upper one with the mark of saturation.</summary>
    /// <param name="shown">As they were read with the status.</param>
    /// <returns>Null where they cannot be such bytes, or the chip does not show them again.</returns>
    /// <exception cref="SensorException">The chip does not answer.</exception>
    public int? ConfirmProximity(ReadOnlySpan<byte> shown)
    {
        int proximity = BinaryPrimitives.ReadUInt16LittleEndian(shown);
        if ((proximity & ~(Ltr559Registers.ProximitySaturated << 8 | Ltr559Registers.ProximityFullScale)) != 0)
        {
            return null;
        }

        if (Math.Abs((long)proximity - _proximity) > ProximityNoise)
        {
            Span<byte> again = stackalloc byte[sizeof(ushort)];
            registers.Read(Ltr559Registers.ProximityData, again);
            if (!again.SequenceEqual(shown))
            {
                return null;
            }
        }

        return _proximity = proximity;
    }

    private (int Channel0, int Channel1) ReadLightOnce(Ltr559Gain gain)
    {
        Span<byte> block = stackalloc byte[Ltr559Registers.LightData + Ltr559Registers.LightDataLength - Ltr559Registers.LightControl];
        registers.Read(Ltr559Registers.LightControl, block);
        ThrowIfReset(block[..(Ltr559Registers.LightData - Ltr559Registers.LightControl)], gain);
        var data = block[(Ltr559Registers.LightData - Ltr559Registers.LightControl)..];
        return (BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), BinaryPrimitives.ReadUInt16LittleEndian(data));
    }

    private void ThrowIfReset(ReadOnlySpan<byte> shown, Ltr559Gain gain)
    {
        ReadOnlySpan<byte> expected =
        [
            Ltr559Registers.LightControlOf(gain),
            settings.Proximity ? Ltr559Registers.ProximityRunning : (byte)0,
            settings.Proximity ? Ltr559Registers.ProximityLedOf(settings) : shown[2],
            settings.Proximity ? (byte)settings.LedPulses : shown[3],
            settings.Proximity ? Ltr559Registers.ProximityEvery100Ms : shown[4],
            Ltr559Registers.LightRateOf(settings),
            (byte)(Ltr559Sensor.PartNumber << 4 | shown[6] & 0x0F),
            Ltr559Sensor.ManufacturerId,
        ];
        if (!shown.SequenceEqual(expected))
        {
            throw registers.Fault(
                SensorFault.InvalidData,
                $"shows the settings {Convert.ToHexString(shown)} where {Convert.ToHexString(expected)} were written. It was probably reset; it is started again.");
        }
    }

    /// <summary>Light comes and goes at once, so a leap is a reason to look again, never to doubt what is seen twice.</summary>
    private static bool Leaps(long counts, long last) => Math.Abs(counts - last) > 4 + Math.Abs(last) / 32;

    private SensorException Unsteady() => registers.Fault(
        SensorFault.InvalidData, $"gave {ConfirmingReads + 1} different answers one after the other. Check the wiring, its length and the supply.");
}
