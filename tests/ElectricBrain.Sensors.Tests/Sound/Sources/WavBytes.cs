using System.Buffers.Binary;
using System.Text;

namespace ElectricBrain.Sensors.Tests.Sound.Sources;

/// <summary>Writes WAV files by the description of the format.</summary>
internal static class WavBytes
{
    public static byte[] File(params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. LittleEndian((uint)(4 + body.Length)), .. "WAVE"u8, .. body];
    }

    public static byte[] Chunk(string id, byte[] content, uint? length = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. LittleEndian(length ?? (uint)content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] Format(int tag = 1, int channels = 2, int sampleRate = 48_000, int bits = 16, int? frameLength = null)
    {
        var frame = frameLength ?? channels * bits / 8;
        var content = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(content, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(4), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), sampleRate * frame);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(12), (ushort)frame);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(14), (ushort)bits);
        return content;
    }

    /// <summary>The longer form that ffmpeg and SoX write for 24 bits.</summary>
    public static byte[] ExtensibleFormat(int bits) =>
    [
        .. Format(tag: 0xFFFE, bits: bits),
        22, 0, (byte)bits, 0, 3, 0, 0, 0,
        1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
    ];

    private static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
