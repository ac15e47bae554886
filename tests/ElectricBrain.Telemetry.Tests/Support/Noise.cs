using System.Text;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>Text that does not shrink, so that segments of it keep the size they have.</summary>
internal static class Noise
{
    public static string Text(int length) => Encoding.ASCII.GetString(Bytes(length));

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] &= 0x7F;
        }

        return bytes;
    }
}
