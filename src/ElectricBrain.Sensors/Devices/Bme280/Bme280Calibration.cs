using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>The trimming values of one chip, written at the factory (BME280 datasheet, table 16).</summary>
internal sealed record Bme280Calibration(
    ushort T1, short T2, short T3,
    ushort P1, short P2, short P3, short P4, short P5, short P6, short P7, short P8, short P9,
    byte H1, short H2, byte H3, short H4, short H5, sbyte H6)
{
    /// <summary>False for what an unpowered chip or a dead bus delivers; no real chip has such values.</summary>
    public bool IsPlausible => T1 is not (0 or ushort.MaxValue) && P1 is not (0 or ushort.MaxValue) && T2 != 0;

    /// <param name="first">The 26 registers from 0x88.</param>
    /// <param name="second">The 7 registers from 0xE1.</param>
    public static Bme280Calibration Parse(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => new(
        T1: BinaryPrimitives.ReadUInt16LittleEndian(first),
        T2: BinaryPrimitives.ReadInt16LittleEndian(first[2..]),
        T3: BinaryPrimitives.ReadInt16LittleEndian(first[4..]),
        P1: BinaryPrimitives.ReadUInt16LittleEndian(first[6..]),
        P2: BinaryPrimitives.ReadInt16LittleEndian(first[8..]),
        P3: BinaryPrimitives.ReadInt16LittleEndian(first[10..]),
        P4: BinaryPrimitives.ReadInt16LittleEndian(first[12..]),
        P5: BinaryPrimitives.ReadInt16LittleEndian(first[14..]),
        P6: BinaryPrimitives.ReadInt16LittleEndian(first[16..]),
        P7: BinaryPrimitives.ReadInt16LittleEndian(first[18..]),
        P8: BinaryPrimitives.ReadInt16LittleEndian(first[20..]),
        P9: BinaryPrimitives.ReadInt16LittleEndian(first[22..]),
        H1: first[25],
        H2: BinaryPrimitives.ReadInt16LittleEndian(second),
        H3: second[2],
        // H4 and H5 are signed 12-bit values that share the register 0xE5: only the high byte carries the sign.
        H4: (short)((sbyte)second[3] << 4 | second[4] & 0x0F),
        H5: (short)((sbyte)second[5] << 4 | second[4] >> 4),
        H6: (sbyte)second[6]);

    /// <summary>The registers that <see cref="Parse"/> reads.</summary>
    public void Format(Span<byte> first, Span<byte> second)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(first, T1);
        BinaryPrimitives.WriteInt16LittleEndian(first[2..], T2);
        BinaryPrimitives.WriteInt16LittleEndian(first[4..], T3);
        BinaryPrimitives.WriteUInt16LittleEndian(first[6..], P1);
        BinaryPrimitives.WriteInt16LittleEndian(first[8..], P2);
        BinaryPrimitives.WriteInt16LittleEndian(first[10..], P3);
        BinaryPrimitives.WriteInt16LittleEndian(first[12..], P4);
        BinaryPrimitives.WriteInt16LittleEndian(first[14..], P5);
        BinaryPrimitives.WriteInt16LittleEndian(first[16..], P6);
        BinaryPrimitives.WriteInt16LittleEndian(first[18..], P7);
        BinaryPrimitives.WriteInt16LittleEndian(first[20..], P8);
        BinaryPrimitives.WriteInt16LittleEndian(first[22..], P9);
        first[24] = 0;
        first[25] = H1;
        BinaryPrimitives.WriteInt16LittleEndian(second, H2);
        second[2] = H3;
        second[3] = (byte)(H4 >> 4);
        second[4] = (byte)(H4 & 0x0F | (H5 & 0x0F) << 4);
        second[5] = (byte)(H5 >> 4);
        second[6] = (byte)H6;
    }
}
