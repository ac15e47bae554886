using CsCheck;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Png;

namespace ElectricBrain.Sensors.Tests.Display.Png;

public sealed class PngEncoderTests
{
    [Fact]
    public void Encode_AnyPicture_IsReadAsThePictureScaled() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 30], Gen.Int[1, 5], Gen.UInt).Sample((width, height, scale, seed) =>
        {
            var frame = Noise(width, height, seed);

            var image = PngImage.Read(PngEncoder.Encode(frame, scale));

            Assert.Equal((width * scale, height * scale), (image.Width, image.Height));
            for (var y = 0; y < image.Height; y++)
            {
                for (var x = 0; x < image.Width; x++)
                {
                    var colour = frame[x / scale, y / scale];
                    Assert.Equal((colour.Red, colour.Green, colour.Blue), image[x, y]);
                }
            }
        }, iter: 50);

    [Fact]
    public void Encode_FixedPicture_HasTheBytesOfTheFormat()
    {
        var file = PngEncoder.Encode(new FrameBuffer(1, 1));

        // Signature, then the header chunk of a 1 x 1 picture with 8 bits of three channels and its checksum.
        Assert.StartsWith("89504E470D0A1A0A" + "0000000D49484452" + "00000001" + "00000001" + "0802000000" + "907753DE", Convert.ToHexString(file), StringComparison.Ordinal);
        Assert.EndsWith("0000000049454E44AE426082", Convert.ToHexString(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Encode_ScaleOutOfRange_Throws(int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PngEncoder.Encode(new FrameBuffer(1, 1), scale));

    [Fact]
    public void Write_Stream_StaysOpen()
    {
        using var stream = new MemoryStream();

        PngEncoder.Write(stream, new FrameBuffer(2, 2));
        PngEncoder.Write(stream, new FrameBuffer(2, 2));

        Assert.Equal(stream.ToArray()[..(int)(stream.Length / 2)], stream.ToArray()[(int)(stream.Length / 2)..]);
    }

    private static FrameBuffer Noise(int width, int height, uint seed)
    {
        var random = new Random((int)seed);
        var frame = new FrameBuffer(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                frame[x, y] = new Rgb565((ushort)random.Next(65_536));
            }
        }

        return frame;
    }
}
