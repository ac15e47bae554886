using CsCheck;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Tests.Sound.Sources;

public sealed class WavHeaderTests
{
    private static readonly byte[] Samples = new byte[400];

    public static TheoryData<byte[], string> Unusable => new()
    {
        { [], "ends before its header" },
        { "RIFF"u8.ToArray(), "ends before its header" },
        { [.. "OggS"u8, .. new byte[100]], "not a WAV file" },
        { WavBytes.File(), "ends before its format" },
        { WavBytes.File(WavBytes.Chunk("data", Samples)), "before their format" },
        { WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format())), "ends before its samples" },
        { WavBytes.File(WavBytes.Chunk("LIST", new byte[10], length: uint.MaxValue), WavBytes.Chunk("fmt ", WavBytes.Format())), "ends before its format" },
        { WavBytes.File(WavBytes.Chunk("fmt ", new byte[15]), WavBytes.Chunk("data", Samples)), "15 bytes" },
        { WithFormat(WavBytes.Format(tag: 3, bits: 32)), "floating-point" },
        { WithFormat(WavBytes.Format(tag: 6, bits: 8)), "format 6 with 8 bits" },
        { WithFormat(WavBytes.Format(bits: 8)), "8 bits" },
        { WithFormat(WavBytes.Format(channels: 0)), "Channels is 0" },
        { WithFormat(WavBytes.Format(channels: 6)), "Channels is 6" },
        { WithFormat(WavBytes.Format(sampleRate: 8000)), "8000 Hz" },
        { WithFormat(WavBytes.Format(sampleRate: -1)), "-1 Hz" },
        { WithFormat(WavBytes.Format(frameLength: 3)), "a frame has 3 bytes" },
    };

    [Theory]
    [InlineData(16, SoundEncoding.S16)]
    [InlineData(24, SoundEncoding.S24Packed)]
    [InlineData(32, SoundEncoding.S32)]
    public async Task ReadAsync_PlainOrExtensible_GivesTheFormat(int bits, SoundEncoding encoding)
    {
        foreach (var format in (byte[][])[WavBytes.Format(bits: bits), WavBytes.ExtensibleFormat(bits)])
        {
            var header = await ReadAsync(WithFormat(format));

            Assert.Equal(new SoundFormat(encoding, 2, 48_000), header.Format);
            Assert.Equal(Samples.Length, header.DataLength);
        }
    }

    [Fact]
    public async Task ReadAsync_OtherChunks_StopsAtTheFirstSample()
    {
        var stream = new MemoryStream(WavBytes.File(
            WavBytes.Chunk("JUNK", new byte[27]),
            WavBytes.Chunk("fmt ", [.. WavBytes.Format(channels: 1), .. new byte[50]]),
            WavBytes.Chunk("LIST", new byte[5001]),
            WavBytes.Chunk("data", [0x11, 0x22])));

        await WavHeader.ReadAsync(stream, "a.wav", CancellationToken.None);

        Assert.Equal(0x11, stream.ReadByte());
    }

    [Fact]
    public async Task ReadAsync_LengthUnknownToTheWriter_IsToTheEnd()
    {
        var header = await ReadAsync(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format()), WavBytes.Chunk("data", Samples, length: uint.MaxValue)));

        Assert.Null(header.DataLength);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task ReadAsync_UnusableFile_NamesTheFileAndTheReason(byte[] file, string reason)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file).AsTask());

        Assert.Contains("a.wav", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task ReadAsync_DamagedFile_GivesAFormatOrTheError()
    {
        var valid = WithFormat(WavBytes.ExtensibleFormat(24));
        var damage = Gen.Select(Gen.Int[0, 79], Gen.Byte).Array[0, 8];
        return Gen.Select(damage, Gen.Int[0, valid.Length]).SampleAsync(async (changes, length) =>
        {
            var file = valid[..length];
            foreach (var (position, value) in changes)
            {
                if (position < length)
                {
                    file[position] = value;
                }
            }

            await GivesAFormatOrTheErrorAsync(file);
        });
    }

    [Fact]
    public Task ReadAsync_AnyBytesAfterTheStart_GivesAFormatOrTheError() =>
        Gen.Byte.Array[0, 300].SampleAsync(bytes => GivesAFormatOrTheErrorAsync([.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, .. bytes]));

    private static async Task GivesAFormatOrTheErrorAsync(byte[] file)
    {
        try
        {
            var header = await ReadAsync(file);
            Assert.InRange(header.Format.BytesPerFrame, 2, 8);
        }
        catch (InvalidDataException exception)
        {
            Assert.StartsWith("a.wav ", exception.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] WithFormat(byte[] format) => WavBytes.File(WavBytes.Chunk("fmt ", format), WavBytes.Chunk("data", Samples));

    private static ValueTask<WavHeader> ReadAsync(byte[] file) => WavHeader.ReadAsync(new MemoryStream(file), "a.wav", CancellationToken.None);
}
