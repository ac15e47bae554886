using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class Crc32CTests
{
    /// <summary>The test vectors of RFC 3720, appendix B.4, and the usual check value.</summary>
    [Fact]
    public void Add_StandardVectors_GivesTheirChecksums()
    {
        Assert.Equal(0x8A9136AAu, Checksum(new byte[32]));
        Assert.Equal(0x62A8AB43u, Checksum([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Checksum([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0xE3069283u, Checksum("123456789"u8.ToArray()));
    }

    private static uint Checksum(byte[] bytes) => Crc32C.Finish(Crc32C.Add(Crc32C.Start, bytes));
}
