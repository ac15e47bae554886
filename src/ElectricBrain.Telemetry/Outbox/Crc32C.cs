using System.Numerics;
using System.Runtime.InteropServices;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), by the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    public const uint Start = uint.MaxValue;

    public static uint Finish(uint crc) => ~crc;

    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        // The instruction takes words in memory order only on little-endian machines, which is all that .NET runs on with one.
        if (BitConverter.IsLittleEndian)
        {
            foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            {
                crc = BitOperations.Crc32C(crc, word);
            }

            bytes = bytes[(bytes.Length & ~7)..];
        }

        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return crc;
    }

    public static uint Add(uint crc, ulong word) => BitOperations.Crc32C(crc, word);
}
